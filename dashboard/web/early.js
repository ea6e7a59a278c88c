// Asks for the page's layout while the other scripts are still on their way, and for the address that
// the browser is at: the renderer itself would ask later, and without saying where it is.
(function () {
  var narrow = matchMedia("(max-width: 559px)").matches ? "&narrow=1" : "";
  var at = encodeURIComponent(location.pathname + location.search);
  var plainFetch = window.fetch;
  var early = {
    "_dash-layout": plainFetch("/_dash-layout?at=" + at + narrow),
    "_dash-dependencies": plainFetch("/_dash-dependencies"),
  };
  window.fetch = function (address) {
    var name = String(address).split("/").pop();
    var answer = early[name];
    delete early[name];
    return answer || plainFetch.apply(this, arguments);
  };
})();
