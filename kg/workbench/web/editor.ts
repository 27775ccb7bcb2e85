// The editor of the query page: CodeMirror over the form's text field, which stays what the form sends.
import { acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentLess, indentMore } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, indentOnInput, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { cypher } from "@codemirror/legacy-modes/mode/cypher";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { EditorState, Prec } from "@codemirror/state";
import { drawSelection, EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { completions, type Term } from "./completion";
import { failedLine } from "./failed";

// Colours are variables of workbench.css: a shadow root inherits them, in light and dark.
const COLOURS = HighlightStyle.define([
  { tag: [tags.keyword, tags.definitionKeyword], color: "var(--code-keyword)", fontWeight: "600" },
  { tag: [tags.standard(tags.name), tags.standard(tags.variableName)], color: "var(--code-function)" },
  { tag: tags.atom, color: "var(--code-name)" },
  { tag: tags.local(tags.variableName), color: "var(--code-variable)" },
  { tag: tags.string, color: "var(--code-string)" },
  { tag: tags.comment, color: "var(--soft)" },
  { tag: tags.meta, color: "var(--soft)" },
]);

const LOOK = EditorView.theme({
  "&": { color: "var(--text)", backgroundColor: "var(--surface)", border: "1px solid #868d97", borderRadius: "7px", overflow: "hidden" },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "0" },
  ".cm-scroller": { fontFamily: 'ui-monospace, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace', fontSize: "var(--code-size)", lineHeight: "1.6", maxHeight: "60vh", overflow: "auto" },
  ".cm-content, .cm-gutter": { minHeight: "15em" },
  ".cm-content": { caretColor: "var(--text)" },
  ".cm-cursor": { borderLeftColor: "var(--text)" },
  ".cm-gutters": { color: "var(--soft)", backgroundColor: "var(--stripe)", borderRight: "1px solid var(--line)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { background: "var(--code-selection)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--code-selection)", outline: "1px solid var(--soft)" },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "transparent", outline: "1px solid var(--bad)" },
  ".cm-failed": { backgroundColor: "var(--code-failed)", boxShadow: "inset 3px 0 var(--bad)" },
  ".cm-gutterElement.cm-failed": { color: "var(--bad)", fontWeight: "600" },
  ".cm-tooltip": { color: "var(--text)", backgroundColor: "var(--surface)", border: "1px solid #868d97", borderRadius: "7px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "inherit", borderRadius: "6px", maxWidth: "min(700px, 92vw)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "2px 10px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { color: "var(--surface)", background: "var(--accent)" },
  ".cm-completionDetail": { fontStyle: "normal", marginLeft: "1em", color: "var(--soft)" },
  "li[aria-selected] .cm-completionDetail": { color: "inherit" },
  ".cm-tooltip.cm-completionInfo": { padding: "4px 10px", maxWidth: "min(300px, 80vw)" },
  "@media (max-width: 800px)": { ".cm-tooltip.cm-completionInfo": { display: "none" } }, // it would cover the list
});

/** Puts the editor in the place of the text field, whose form has its words and the language of the query. */
function place(field: HTMLTextAreaElement, form: HTMLFormElement): void {
  const said = form.dataset;
  const language = said.language === "cypher" ? "cypher" : "sparql";
  let terms: Promise<Term[]> | undefined;
  // Asked for at the first completion, from the server of this page.
  const known = () => (terms ??= fetch(said.terms!).then((answer) => (answer.ok ? answer.json() : [])));
  const send = () => {
    form.requestSubmit();
    return true;
  };

  const host = document.createElement("div");
  host.className = "editor";
  field.before(host);
  // The page's policy allows no style but the server's; in a shadow root CodeMirror adopts style sheets instead.
  const root = host.attachShadow({ mode: "open" });
  const view = new EditorView({
    parent: root,
    root,
    state: EditorState.create({
      doc: field.value,
      extensions: [
        Prec.highest(keymap.of([{ key: "Ctrl-Enter", mac: "Cmd-Enter", run: send }, { key: "Ctrl-Enter", run: send }])),
        keymap.of([
          { key: "Tab", run: acceptCompletion },
          { key: "Tab", run: indentMore, shift: indentLess },
          ...closeBracketsKeymap,
          ...completionKeymap,
          ...historyKeymap,
          ...defaultKeymap,
        ]),
        lineNumbers(),
        failedLine(Number(said.failed) || 0),
        history(),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        StreamLanguage.define(language === "cypher" ? cypher : sparql),
        syntaxHighlighting(COLOURS),
        autocompletion({ override: [completions(language, known)], icons: false }),
        LOOK,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": said.label!, "aria-description": said.help! }),
        EditorState.phrases.of({ Completions: said.completions! }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) field.value = update.state.doc.toString();
        }),
      ],
    }),
  });
  const failed = Math.min(Number(said.failed) || 0, view.state.doc.lines);
  if (failed) view.dispatch({ effects: EditorView.scrollIntoView(view.state.doc.line(failed).from) });
  field.hidden = true;
  form.querySelector<HTMLElement>("[data-editor-help]")!.hidden = false;
  form.querySelector(`label[for="${field.id}"]`)?.addEventListener("click", () => view.focus());
}

const field = document.getElementById("query");
if (field instanceof HTMLTextAreaElement && field.form) place(field, field.form);
