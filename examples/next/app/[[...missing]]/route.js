// Without it Next would render a page that says 404, and a page of Next's loses `Vary: Origin`.
const missing = () => new Response("no such path", { status: 404 });

export { missing as DELETE, missing as GET, missing as PATCH, missing as POST, missing as PUT };
