import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { runProgram } from "./running-program.ts";

/** Where Debian's `libtomcat10-java` puts it. */
export const tomcatJar = "/usr/share/java/tomcat10-catalina.jar";
/** Any JRE from 11 on. */
export const javaPath = "/usr/bin/java";

/** A Tomcat that serves files. */
export interface Tomcat {
  /** One for each of its connectors, in their order. */
  readonly urls: readonly URL[];
  stop(): Promise<void>;
}

/**
 * Starts Debian's Tomcat 10 on loopback, on ports that the system picks, with all of its files in a folder of its own.
 *
 * @param connectors the attributes of each `<Connector>`, beside address and port
 * @param files what it serves: a path of the site, and its text
 */
export async function startTomcat(
  connectors: readonly string[],
  files: Readonly<Record<string, string>>,
): Promise<Tomcat> {
  const folder = await mkdtemp(join(tmpdir(), "corsmith-tomcat-"));
  await write(join(folder, "conf/server.xml"), serverXml(connectors));
  await write(join(folder, "conf/web.xml"), webXml);
  await mkdir(join(folder, "temp"));
  for (const [path, text] of Object.entries(files)) await write(join(folder, "webapps/ROOT", path), text);
  const program = await runProgram(
    javaPath,
    [
      `-Dcatalina.base=${folder}`,
      `-Dcatalina.home=${folder}`,
      `-Djava.io.tmpdir=${join(folder, "temp")}`,
      "-cp",
      await classPath(),
      "org.apache.catalina.startup.Bootstrap",
      "start",
    ],
    { ready: /Server startup in/, readySeconds: 50 },
  );
  const ports = [...program.output().matchAll(/Starting ProtocolHandler \["http-nio-127\.0\.0\.1-auto-\d+-(\d+)"\]/g)];
  return {
    urls: ports.map(([, port]) => new URL(`http://127.0.0.1:${port}/`)),
    async stop() {
      await program.stop();
      await rm(folder, { recursive: true });
    },
  };
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

/** Every jar of Tomcat by the name without a version; those with one are the same files. */
async function classPath(): Promise<string> {
  const folder = dirname(tomcatJar);
  const jars = (await readdir(folder)).filter((name) => /^tomcat10-(?!i18n).*[a-z]\.jar$/.test(name));
  return jars.map((name) => join(folder, name)).join(":");
}

function serverXml(connectors: readonly string[]): string {
  const lines = connectors.map((attributes) => `    <Connector address="127.0.0.1" port="0" ${attributes} />`);
  return `<Server port="-1">
  <Service name="Catalina">
${lines.join("\n")}
    <Engine name="Catalina" defaultHost="localhost">
      <Host name="localhost" appBase="webapps" />
    </Engine>
  </Service>
</Server>
`;
}

const webXml = `<web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
  <servlet>
    <servlet-name>default</servlet-name>
    <servlet-class>org.apache.catalina.servlets.DefaultServlet</servlet-class>
  </servlet>
  <servlet-mapping>
    <servlet-name>default</servlet-name>
    <url-pattern>/</url-pattern>
  </servlet-mapping>
</web-app>
`;
