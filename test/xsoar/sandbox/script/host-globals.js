/* biome-ignore-all lint format: this runs in ES5 engines, where a trailing comma of arguments is an error */
// What the XSOAR server gives to a script, over one function `exchange` that carries JSON text to the harness and back. It
// evaluates to a function that runs a script and reports how it ended.
(function (global, exchange) {
  delete global.exchange;
  var RealDate = Date;
  var parse = JSON.parse;
  var stringify = JSON.stringify;
  var now;
  var handles = [];

  function call(name, values) {
    var reply = parse(exchange(stringify({ name: name, values: values })));
    now = reply.now;
    if (reply.error !== undefined) throw reply.error;
    return reply.value;
  }

  function passOn(name) {
    return function () {
      var values = [];
      for (var i = 0; i < arguments.length; i++) values.push(arguments[i]);
      return call(name, values);
    };
  }

  // The gateway's time where the test has one, else the machine's.
  function StandInDate(year, month, day, hours, minutes, seconds, milliseconds) {
    if (!(this instanceof StandInDate)) return new RealDate(now).toString();
    if (arguments.length === 0) return new RealDate(now);
    if (arguments.length === 1) return new RealDate(year);
    return new RealDate(year, month, day === undefined ? 1 : day, hours || 0, minutes || 0, seconds || 0, milliseconds || 0);
  }
  StandInDate.prototype = RealDate.prototype;
  StandInDate.UTC = RealDate.UTC;
  StandInDate.parse = RealDate.parse;
  StandInDate.now = function () { return now; };

  var begun = call("begin", []);
  if (now !== undefined) global.Date = StandInDate;
  for (var given in begun) global[given] = begun[given];

  global.http = function (url, request, insecure, useProxy, noRedirect, unknown, timeoutMs) {
    var answer = call("http", [url, request, insecure, useProxy, noRedirect, unknown, timeoutMs]);
    if (answer.bytes === undefined) return answer;
    var handle = {};
    handles.push({ handle: handle, bytes: answer.bytes });
    delete answer.bytes;
    answer.Bytes = handle;
    return answer;
  };
  global.saveFile = function (content) {
    for (var i = 0; i < handles.length; i++) {
      if (handles[i].handle === content) return call("saveBytes", [handles[i].bytes]);
    }
    return call("saveText", [content]);
  };
  var others = ["wait", "log", "logInfo", "logDebug", "logError", "getIntegrationContext", "setIntegrationContext",
    "btoa", "atob", "md5", "sha1", "demistoVersion", "demistoUrls", "httpMultipart", "entrytoa", "x2j", "dq",
    "getLastRun", "setLastRun", "getAllSupportedCommands", "getModules", "setContext"];
  for (var i = 0; i < others.length; i++) global[others[i]] = passOn(others[i]);

  return function (script) {
    var end = {};
    try {
      end.returned = script();
    } catch (error) {
      end.isErrorObject = Boolean(error) && typeof error.message === "string";
      end.thrown = end.isErrorObject ? error.name + ": " + error.message : error;
      end.stack = end.isErrorObject ? String(error.stack || error.stackTrace) : undefined;
    }
    call("end", [end]);
  };
})
