export function GET() {
  return Response.json([{ id: 1 }]);
}
