import { render } from "preact";
import "./style/base.css";
import "./style/forms.css";
import { Shell } from "./shell/shell.tsx";

const place = document.querySelector("#console");
if (place === null) throw new Error("The page has no element for the console.");
render(<Shell />, place);
