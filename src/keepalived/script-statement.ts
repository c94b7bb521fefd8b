import { type Statement, statement } from './block.ts';

/** `notify_up "command" user group`, where there is a command; user and group come as one text. */
export function scriptStatement(keyword: string, command: string | undefined, user: string | undefined): Statement[] {
  return command === undefined ? [] : [statement(keyword, { command }, ...userWords(user))];
}

/** keepalived takes user and group as two words. */
export function userWords(user: string | null | undefined): readonly string[] {
  return user?.split(/\s+/).filter((word) => word !== '') ?? [];
}
