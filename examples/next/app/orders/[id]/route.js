export function PUT() {
  return new Response(null, { status: 204 });
}
