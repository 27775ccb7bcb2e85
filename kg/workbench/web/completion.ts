// What can be typed next: keywords, the ontology's terms, prefixes and the variables that the query has.
import type { Completion, CompletionContext, CompletionSource } from "@codemirror/autocomplete";
import { syntaxTree } from "@codemirror/language";
import type { EditorState } from "@codemirror/state";

/** A name of the ontology, as the server writes it. `label` is in the page's language. */
export interface Term {
  name: string;
  kind: "class" | "property" | "prefix" | "label" | "relationship";
  label: string;
  comment: string;
}

const MOST = 60; // shown at once
const KEYWORDS = {
  sparql:
    "SELECT DISTINCT REDUCED CONSTRUCT DESCRIBE ASK FROM NAMED WHERE ORDER BY ASC DESC LIMIT OFFSET FILTER OPTIONAL GRAPH AS HAVING " +
    "UNDEF VALUES GROUP MINUS IN NOT EXISTS UNION BIND PREFIX BASE COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT SEPARATOR STR LANG " +
    "LANGMATCHES DATATYPE BOUND SAMETERM ISIRI ISBLANK ISLITERAL ISNUMERIC IRI BNODE RAND ABS CEIL FLOOR ROUND CONCAT SUBSTR STRLEN " +
    "REPLACE UCASE LCASE ENCODE_FOR_URI CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH DAY HOURS MINUTES SECONDS TIMEZONE " +
    "TZ NOW UUID STRUUID MD5 SHA1 SHA256 SHA384 SHA512 COALESCE IF STRLANG STRDT REGEX true false",
  cypher:
    "MATCH OPTIONAL WHERE RETURN DISTINCT WITH AS ORDER BY ASC DESC SKIP LIMIT UNWIND UNION ALL CALL YIELD CASE WHEN THEN ELSE END " +
    "AND OR XOR NOT IN IS NULL STARTS ENDS CONTAINS EXISTS COUNT COLLECT EXPLAIN PROFILE SHOW true false null any() none() single() " +
    "avg() max() min() sum() stDev() percentileCont() percentileDisc() coalesce() size() head() last() tail() keys() labels() nodes() " +
    "relationships() properties() range() reduce() reverse() type() id() elementId() length() abs() ceil() floor() round() sign() " +
    "rand() sqrt() split() replace() substring() left() right() trim() toLower() toUpper() toString() toInteger() toFloat() " +
    "toBoolean() date() datetime() duration() shortestPath()",
};
const VARIABLE = /(\?[\p{L}\p{N}_]+)/gu;
// A node, a relationship, or what AS names.
const NAMED = /(?:[([]\s*|\bAS\s+)([\p{L}_][\p{L}\p{N}_]*)/giu;
const WORD = { sparql: /[?$]?[\p{L}\p{N}_:-]*$/u, cypher: /[\p{L}\p{N}_]*$/u };

/** The completions at a place of a query; `known` gives the ontology's terms. */
export function completions(language: "sparql" | "cypher", known: () => Promise<Term[]>): CompletionSource {
  const keywords = KEYWORDS[language].split(" ").map((word): Completion => ({ label: word, type: "keyword" }));
  return async (context) => {
    const found = context.matchBefore(WORD[language]);
    const word = found?.text ?? "";
    const from = found?.from ?? context.pos;
    const before = context.state.sliceDoc(Math.max(0, from - 500), from);
    const led = language === "cypher" && /[\w([]:$|\w\.$/.test(before); // (p: and p. ask for a name
    if (within(context) || (!word && !context.explicit && !led) || /^\p{N}/u.test(word)) return null;
    let options: Completion[];
    if (/^[?$]/.test(word)) {
      options = variables(context.state, VARIABLE, from);
    } else {
      const terms = await known();
      if (context.aborted) return null;
      options = language === "cypher" ? inCypher(terms, before, keywords, context.state, from) : inSparql(terms, before, keywords);
    }
    options = ranked(options, word);
    // A word that is complete is left alone, so that Enter after it begins a line.
    if (!options.length || (options[0]!.label.toLowerCase() === word.toLowerCase() && !context.explicit)) return null;
    return { from, options, filter: false };
  };
}

/** Whether the place is in a string or a comment. */
function within(context: CompletionContext): boolean {
  return /string|comment/.test(syntaxTree(context.state).resolveInner(context.pos, -1).name);
}

function inSparql(terms: Term[], before: string, keywords: Completion[]): Completion[] {
  const declaring = /\bprefix\s+$/i.test(before);
  const prefixes = terms.filter((term) => term.kind === "prefix");
  if (declaring) return prefixes.map((term) => ({ ...shown(term), apply: `${term.name} <${term.label}>` }));
  const rest = terms.filter((term) => term.kind !== "prefix").map(shown);
  return [...keywords, ...prefixes.map(shown), ...rest];
}

function inCypher(terms: Term[], before: string, keywords: Completion[], state: EditorState, from: number): Completion[] {
  const of = (kind: Term["kind"]) => terms.filter((term) => term.kind === kind).map(shown);
  if (/\.$/.test(before)) return of("property");
  if (/\[[^\][]*[:|!&]\s*$/.test(before)) return of("relationship");
  if (/[:|!&]\s*$/.test(before)) return of("label");
  if (/[({[][^(){}[\]]*\{[^{}]*$|\{\s*$/.test(before)) return of("property");
  return [...keywords, ...variables(state, NAMED, from), ...of("property")];
}

function shown(term: Term): Completion {
  return { label: term.name, detail: term.label, type: term.kind, ...(term.comment ? { info: term.comment } : {}) };
}

/** The names in the query that the pattern finds, but for the one that is being typed. */
function variables(state: EditorState, pattern: RegExp, typed: number): Completion[] {
  const text = state.doc.toString();
  const found = [...text.matchAll(pattern)].filter((one) => one.index! + one[0].length - one[1]!.length !== typed);
  const names = found.map((one) => one[1]!);
  return [...new Set(names)].sort().map((label) => ({ label, type: "variable" }));
}

/** The options that have the word: first those whose name begins with it, then those whose local name or label does, then the rest. */
function ranked(options: Completion[], word: string): Completion[] {
  const wanted = word.toLowerCase();
  const rank = ({ label, detail = "" }: Completion) => {
    const name = label.toLowerCase();
    if (name === wanted) return 0;
    if (name.startsWith(wanted)) return 1;
    if (name.split(":").at(-1)!.startsWith(wanted) || detail.toLowerCase().startsWith(wanted)) return 2;
    return wanted.length > 1 && (name.includes(wanted) || detail.toLowerCase().includes(wanted)) ? 3 : 4;
  };
  return options
    .map((option) => ({ option, at: rank(option) }))
    .filter(({ at }) => at < 4)
    .sort((one, other) => one.at - other.at)
    .slice(0, MOST)
    .map(({ option }) => option);
}
