// Tells the site by which wording its reader came here, once a visit, so that the most asked are known.
const asked = location.hash.match(/^#asked-(\d+)$/);
const token = document.querySelector("[name=csrfmiddlewaretoken]");
const told = asked && `arrived-${asked[1]}`;

if (asked && token && document.getElementById(asked[0].slice(1)) && !sessionStorage.getItem(told)) {
  sessionStorage.setItem(told, "yes");
  fetch(`/questions/${asked[1]}/arrived/`, {
    method: "POST",
    headers: { "X-CSRFToken": token.value },
    keepalive: true,
  });
}
