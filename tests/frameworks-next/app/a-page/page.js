// biome-ignore lint/style/noDefaultExport: Next asks for it
export default function Page() {
  return <p>The application of the tests.</p>;
}
