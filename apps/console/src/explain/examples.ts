/** Red lines as browsers write them, for whoever has none at hand. */
export const examples: readonly { readonly name: string; readonly text: string }[] = [
  {
    name: "Chrome",
    text: "Access to fetch at 'https://api.example.com/orders/1' from origin 'https://app.example.com' has been blocked by CORS policy: Method PATCH is not allowed by Access-Control-Allow-Methods in preflight response.",
  },
  {
    name: "Firefox",
    text: "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://api.example.com/me. (Reason: CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 401.",
  },
  {
    name: "Safari",
    text: "Fetch API cannot load https://api.example.com/me due to access control checks.",
  },
];
