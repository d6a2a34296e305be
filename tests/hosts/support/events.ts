import type { Answer, Ask, AskHost } from "./ask.ts";

/** What a function answers an event with, in all of these formats. */
export interface FunctionAnswer {
  readonly statusCode?: number;
  readonly headers?: Readonly<Record<string, string | number | boolean>>;
  readonly multiValueHeaders?: Readonly<Record<string, readonly (string | number | boolean)[]>>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

/** A function as the cloud calls it, with an event and a context. */
export type FunctionHandler = (event: unknown, context: object, callback?: unknown) => unknown;

type Lines = Ask["headers"];

/** The events by which load balancers and gateways of a cloud call a function: what their documentation shows. */
export const eventFormats = {
  "API Gateway, REST (1.0)": ({ method, path, headers, body }: Ask) => ({
    version: "1.0",
    resource: "/{proxy+}",
    path,
    httpMethod: method,
    headers: lastOfEach(headers),
    multiValueHeaders: allOfEach(headers),
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: { proxy: path.slice(1) },
    stageVariables: null,
    requestContext: {
      resourcePath: "/{proxy+}",
      httpMethod: method,
      path: `/prod${path}`,
      stage: "prod",
      protocol: "HTTP/1.1",
      domainName: "api.example.com",
      identity: { sourceIp: "203.0.113.7" },
    },
    body: body ?? null,
    isBase64Encoded: false,
  }),
  "API Gateway, HTTP (2.0)": ({ method, path, headers, body }: Ask) => ({
    version: "2.0",
    routeKey: "$default",
    rawPath: path,
    rawQueryString: "",
    headers: joined(headers),
    requestContext: {
      domainName: "api.example.com",
      stage: "$default",
      http: { method, path, protocol: "HTTP/1.1", sourceIp: "203.0.113.7", userAgent: "" },
    },
    ...(body === undefined ? {} : { body }),
    isBase64Encoded: false,
  }),
  "load balancer": ({ method, path, headers, body = "" }: Ask) => ({
    requestContext: { elb: { targetGroupArn: "arn:aws:elasticloadbalancing:region:1:targetgroup/orders/1" } },
    httpMethod: method,
    path,
    queryStringParameters: {},
    headers: lastOfEach(lowerCase(headers)),
    body,
    isBase64Encoded: false,
  }),
  "load balancer, header lists": ({ method, path, headers, body = "" }: Ask) => ({
    requestContext: { elb: { targetGroupArn: "arn:aws:elasticloadbalancing:region:1:targetgroup/orders/1" } },
    httpMethod: method,
    path,
    multiValueQueryStringParameters: {},
    multiValueHeaders: allOfEach(lowerCase(headers)),
    body,
    isBase64Encoded: false,
  }),
} as const;

/** A name of {@link eventFormats}. */
export type EventFormat = keyof typeof eventFormats;

/** By calling a function with an event. */
export function byEvent(handler: FunctionHandler, format: EventFormat): AskHost {
  return async ({ headers, ...ask }) => {
    const host: Lines = [["Host", "api.example.com"]];
    const event = eventFormats[format]({ ...ask, headers: [...host, ...headers] });
    const answer: unknown = await handler(event, {});
    if (!isFunctionAnswer(answer)) throw new Error(`no answer of a function: ${JSON.stringify(answer)}`);
    return readAnswer(answer);
  };
}

function isFunctionAnswer(answer: unknown): answer is FunctionAnswer {
  return typeof answer === "object" && answer !== null && "statusCode" in answer;
}

function readAnswer({
  statusCode = 0,
  headers,
  multiValueHeaders,
  body = "",
  isBase64Encoded,
}: FunctionAnswer): Answer {
  const lines = new Headers();
  for (const [name, value] of Object.entries(headers ?? {})) lines.set(name, String(value));
  for (const [name, values] of Object.entries(multiValueHeaders ?? {})) {
    lines.delete(name);
    for (const value of values) lines.append(name, String(value));
  }
  const text = isBase64Encoded === true ? Buffer.from(body, "base64").toString("utf8") : body;
  return { status: statusCode, headers: lines, body: text };
}

function lowerCase(headers: Lines): Lines {
  return headers.map(([name, value]) => [name.toLowerCase(), value]);
}

function lastOfEach(headers: Lines): Readonly<Record<string, string>> {
  return Object.fromEntries(headers);
}

function allOfEach(headers: Lines): Readonly<Record<string, readonly string[]>> {
  const all: Record<string, string[]> = {};
  for (const [name, value] of headers) all[name] = [...(all[name] ?? []), value];
  return all;
}

function joined(headers: Lines): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(allOfEach(lowerCase(headers))).map(([name, values]) => [name, values.join(",")]),
  );
}
