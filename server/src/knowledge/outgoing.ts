/** Calls that wait for another server than the database, or for something else that takes long, by public name. */
import { BLOCKING_HTTP, BLOCKING_SUBPROCESS } from './blocking.ts';
import { isCloudService } from './blocking-database.ts';

const REQUESTS =
  /^(?:httpx2?\.AsyncClient\.(?:get|post|put|patch|delete|head|options|request|send)|aiohttp\.ClientSession\.(?:get|post|put|patch|delete|request)|openai\.AsyncOpenAI\..*\.(?:create|parse|generate)|openai\.AsyncAzureOpenAI\..*\.(?:create|parse)|anthropic\.AsyncAnthropic\..*\.create)$/;

/** Asks another server, on the event loop or not. */
export function isOutgoing(name: string): boolean {
  return REQUESTS.test(name) || BLOCKING_HTTP.has(name);
}

const SLOW =
  /^(?:httpx2?\.AsyncClient\.stream|aiohttp\.ClientSession\.ws_connect|(?:asyncio|anyio|time)\.sleep|asyncio\.create_subprocess_(?:exec|shell)|anyio\.run_process|smtplib\.SMTP(?:_SSL)?\.\w+|aiosmtplib\.send|websockets\.connect)$/;

/** A query beside it takes no time: another server, a process, a mail, or a pause. */
export function isSlow(name: string): boolean {
  return (
    isOutgoing(name) || SLOW.test(name) || BLOCKING_SUBPROCESS.has(name) || isCloudService(name)
  );
}
