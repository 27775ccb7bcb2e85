// The line that the server could not read: marked until it is changed.
import { type Extension, RangeSet, StateField, type Text } from "@codemirror/state";
import { Decoration, EditorView, GutterMarker, gutterLineClass } from "@codemirror/view";

class Failed extends GutterMarker {
  elementClass = "cm-failed";
}

const MARK = new Failed();
const LINE = Decoration.line({ class: "cm-failed" });

/** Marks the line of this number, 0 for none. A number beyond the text is its last line: where the end is missing. */
export function failedLine(number: number): Extension {
  const start = (text: Text) => (number > 0 ? text.line(Math.min(number, text.lines)).from : -1);
  // The position of the marked line's start, -1 once it was changed.
  const marked = StateField.define<number>({
    create: (state) => start(state.doc),
    update(at, change) {
      if (at < 0 || !change.docChanged) return at;
      const line = change.startState.doc.lineAt(at);
      return change.changes.touchesRange(line.from, line.to) ? -1 : change.changes.mapPos(at, 1);
    },
    provide: (field) => [
      EditorView.decorations.from(field, (at) => (at < 0 ? Decoration.none : Decoration.set(LINE.range(at)))),
      gutterLineClass.from(field, (at) => (at < 0 ? RangeSet.empty : RangeSet.of(MARK.range(at)))),
    ],
  });
  return marked;
}
