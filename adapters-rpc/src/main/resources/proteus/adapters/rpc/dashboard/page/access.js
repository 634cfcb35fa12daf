// Who opened a link that may give orders. The secret stays in this tab: not in a cookie, which every port of this host
// would be sent, and it outlives a reload.

const KEY = 'proteus-session';

async function post(path, body, headers = {}) {
  const answer = await fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  let told = {};
  try {
    told = await answer.json();
  } catch {
    // An answer without a reason.
  }
  return { isGood: answer.ok, status: answer.status, told };
}

const authorization = () => ({ Authorization: `Bearer ${sessionStorage.getItem(KEY) ?? ''}` });

/** What the address brought, exchanged; the token is dead then, and nothing of it stays in the address. */
export async function open() {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token) {
    history.replaceState(null, '', location.pathname);
    const { isGood, told } = await post('/session', { token });
    if (isGood) {
      sessionStorage.setItem(KEY, told.session);
    }
  }
  return check();
}

/** Whether this page may give orders now. */
export async function check() {
  if (!sessionStorage.getItem(KEY)) {
    return false;
  }
  const answer = await fetch('/session', { headers: authorization() });
  const isAllowed = answer.ok && (await answer.json()).allowed === true;
  if (answer.ok && !isAllowed) {
    sessionStorage.removeItem(KEY);
  }
  return isAllowed;
}

/** Sets the stage; what came of it. */
export const setStage = (stage, share) => post('/stage', { stage, share }, authorization());
