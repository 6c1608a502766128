// who opened a link and had to sign in first comes to what they opened; the address never leaves this browser tab.
// A sign-in ends at the root, so from anywhere else nobody is led away, and what is older than ten minutes leads nowhere.
export default function({data}) {
  const key = "songstory-back", here = location.pathname + location.search, root = here === "/";
  if (data.keep) return root ? sessionStorage.removeItem(key) : sessionStorage.setItem(key, `${Date.now()} ${here}`);
  const [at, to] = (sessionStorage.getItem(key) || "0 ").split(/ (.*)/);
  sessionStorage.removeItem(key);
  if (root && /^\/(?!\/)/.test(to) && Date.now() - Number(at) < 600000) location.assign(to);
}
