-- What a load of phones does, for wrk:
--   wrk ... -s visit.lua URL -- KIND SECONDS PATH BODYFILE PREFIX
-- KIND   get    GET PATH
--        post   POST PATH with the body and a key of its own
--        visit  GET PATH, then POST PATH with that page's key
--        pages  GET PATH and GET /small.txt in turns: what visits are compared with
-- After SECONDS no new request begins, so that none is cut off in the middle and rows can be counted.
local ffi = require("ffi")
ffi.cdef [[
typedef struct { long s, n; } manyi_time;
int clock_gettime(int, manyi_time *);
]]
local time = ffi.new("manyi_time")
local function now()
	ffi.C.clock_gettime(1, time)
	return tonumber(time.s) + tonumber(time.n) / 1e9
end

local threads = {}
local kind, stop, path, body, prefix
local keys, turn = {}, 0
posts = 0

function setup(thread)
	table.insert(threads, thread)
	thread:set("id", #threads)
end

local function key_of_ours()
	return string.format("%s%d%08x%08x", prefix, id, math.random(0, 0x7fffffff), math.random(0, 0x7fffffff))
end

local function post(key)
	posts = posts + 1
	return wrk.format("POST", path, wrk.headers, body .. "&_key=" .. key)
end

local function get(what)
	return wrk.format("GET", what)
end

local making = {
	get = function() return get(path) end,
	post = function() return post(key_of_ours()) end,
	visit = function()
		local key = table.remove(keys)
		return key and post(key) or get(path)
	end,
	pages = function()
		turn = 1 - turn
		return get(turn == 1 and path or "/small.txt")
	end,
}

function init(args)
	kind, path, prefix = args[1], args[3], args[5]
	stop = now() + tonumber(args[2])
	if args[4] and args[4] ~= "" then
		local f = assert(io.open(args[4]))
		body = f:read("*a")
		f:close()
	end
	math.randomseed(id * 7919 + os.time())
	wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
	request = making[kind]
	if kind == "visit" then
		response = function(status, headers, page)
			local key = string.match(page, 'name="_key" value="([^"]+)"')
			if key then table.insert(keys, key) end
		end
	end
	posts = kind == "post" and id == 1 and -1 or 0	-- wrk asks the first thread once for a request it does not send
end

function delay()
	return now() > stop and 600000 or 0
end

function done(summary, latency, requests)
	local sent = 0
	for _, thread in ipairs(threads) do
		sent = sent + thread:get("posts")
	end
	local e = summary.errors
	io.write(string.format("bench {\"requests\": %d, \"posts\": %d, \"refused\": %d, \"broken\": %d, \"p50\": %g, \"p99\": %g}\n",
	    summary.requests, sent, e.status, e.connect + e.read + e.write + e.timeout,
	    latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
