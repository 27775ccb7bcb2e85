// Colours that readers with any of the common colour deficiencies can tell apart (after Okabe and Ito), by theme.
// Kinds differ in shape and relations in dash as well, so that no difference rests on colour alone.

export interface Theme {
  name: "light" | "dark";
  ground: string;
  surface: string;
  stripe: string;
  line: string;
  text: string;
  soft: string;
  onSolid: string;
  veil: string;
  mark: string;
  colours: Record<string, string>;
}

const LIGHT: Theme = {
  name: "light",
  ground: "#fbfbf9",
  surface: "#ffffff",
  stripe: "#f3f4f1",
  line: "#d9dcd6",
  text: "#1c2430",
  soft: "#667080",
  onSolid: "#ffffff",
  veil: "rgba(251,251,249,0.82)",
  mark: "#d55e00",
  colours: {
    ink: "#27364b",
    blue: "#0072b2",
    sky: "#3a9bd9",
    green: "#00855f",
    orange: "#d55e00",
    yellow: "#c48a00",
    purple: "#a8518a",
    grey: "#858d99",
  },
};

const DARK: Theme = {
  name: "dark",
  ground: "#14181e",
  surface: "#1f252e",
  stripe: "#191e26",
  line: "#39424f",
  text: "#e8ecf1",
  soft: "#9aa5b4",
  onSolid: "#10151b",
  veil: "rgba(20,24,30,0.82)",
  mark: "#ff9b57",
  colours: {
    ink: "#c3d0e2",
    blue: "#5cb3ef",
    sky: "#8fd0ff",
    green: "#3cc79b",
    orange: "#ff9b57",
    yellow: "#f0c34e",
    purple: "#e3a0cb",
    grey: "#8d98a7",
  },
};

const listeners: (() => void)[] = [];
const system = matchMedia("(prefers-color-scheme: dark)");
let chosen: "light" | "dark" | undefined;

export const themeOf = (name: "light" | "dark"): Theme => (name === "dark" ? DARK : LIGHT);
export const theme = (): Theme => themeOf(chosen ?? (system.matches ? "dark" : "light"));
export const onTheme = (listener: () => void): number => listeners.push(listener);

export function switchTheme(): void {
  chosen = theme().name === "dark" ? "light" : "dark";
  apply();
}

export function apply(): void {
  document.documentElement.dataset["theme"] = theme().name;
  for (const listener of listeners) listener();
}

system.addEventListener("change", apply);
