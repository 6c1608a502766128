// who opened a link and had to sign in first comes to what they opened; the address never leaves this browser
export default function({data}) {
  const key = "songstory-back", here = location.pathname + location.search;
  if (data.keep) return sessionStorage.setItem(key, here);
  const to = sessionStorage.getItem(key);
  sessionStorage.removeItem(key);
  if (to && /^\/(?!\/)/.test(to) && to !== here) location.assign(to);
}
