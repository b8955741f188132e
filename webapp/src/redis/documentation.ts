/** The server's own words about its commands: COMMAND DOCS, in RESP2 or RESP3. */
import type { Reply } from './resp';

export interface CommandDoc {
  readonly name: string;
  readonly summary: string;
  /** The arguments as the Redis manual writes them. */
  readonly syntax: string;
}

const decoder = new TextDecoder();

export function textOf(reply: Reply | undefined): string {
  if (reply?.kind === 'bulk' || reply?.kind === 'verbatim') return decoder.decode(reply.bytes);
  return reply && 'text' in reply ? reply.text : '';
}

/** A map of RESP3, or the flat array that RESP2 has for it. */
function members(reply: Reply | undefined): Map<string, Reply> {
  if (reply?.kind === 'map') return new Map(reply.entries.map(([key, value]) => [textOf(key), value]));
  const found = new Map<string, Reply>();
  if (reply?.kind === 'array') {
    for (let i = 0; i + 1 < reply.items.length; i += 2) found.set(textOf(reply.items[i]), reply.items[i + 1] as Reply);
  }
  return found;
}

function items(reply: Reply | undefined): readonly Reply[] {
  return reply?.kind === 'array' || reply?.kind === 'set' ? reply.items : [];
}

/** What the reply to COMMAND DOCS says, by upper-case name; subcommands as `CONFIG GET`. */
export function readDocs(reply: Reply): Map<string, CommandDoc> {
  const docs = new Map<string, CommandDoc>();
  addDocs(docs, reply);
  return docs;
}

function addDocs(docs: Map<string, CommandDoc>, reply: Reply | undefined): void {
  for (const [name, body] of members(reply)) {
    const doc = members(body);
    const upper = name.toUpperCase().replace('|', ' ');
    const subcommands = doc.get('subcommands');
    const syntax = items(doc.get('arguments')).map((argument) => syntaxOf(argument)).join(' ');
    docs.set(upper, { name: upper, summary: textOf(doc.get('summary')), syntax: subcommands ? 'subcommand …' : syntax });
    if (subcommands) addDocs(docs, subcommands);
  }
}

function syntaxOf(argument: Reply): string {
  const about = members(argument);
  const flags = items(about.get('flags')).map(textOf);
  const token = textOf(about.get('token'));
  const parts = items(about.get('arguments')).map(syntaxOf);
  const type = textOf(about.get('type'));
  let body = type === 'oneof' ? parts.join('|') : type === 'block' ? parts.join(' ') : type === 'pure-token' ? '' : textOf(about.get('display_text')) || textOf(about.get('name'));
  if (type === 'oneof' && !flags.includes('optional') && parts.length > 1) body = `<${body}>`;
  if (flags.includes('multiple')) body = `${body} [${flags.includes('multiple_token') && token ? `${token} ` : ''}${body} …]`;
  const whole = [token, body].filter(Boolean).join(' ');
  return flags.includes('optional') ? `[${whole}]` : whole;
}

/** Commands whose name begins with what is typed, up to `most`. */
export function complete(docs: ReadonlyMap<string, CommandDoc>, typed: string, most = 8): CommandDoc[] {
  const start = typed.trimStart().toUpperCase().replace(/\s+/g, ' ');
  if (!start) return [];
  return [...docs.values()].filter(({ name }) => name.startsWith(start)).sort((a, b) => a.name.localeCompare(b.name)).slice(0, most);
}

/** What is known of the command that the line begins with. */
export function docFor(docs: ReadonlyMap<string, CommandDoc>, line: string): CommandDoc | undefined {
  const [first = '', second = ''] = line.trimStart().toUpperCase().split(/\s+/);
  return docs.get(`${first} ${second}`) ?? docs.get(first);
}
