-- Asks ProxyPortal before every request, CONNECT included. Loaded by haproxy.cfg, which sets the two variables below.
-- The caller key is read once, before HAProxy gives up its rights; it never stands in the environment or in haproxy.cfg.

local url = os.getenv("PROXYPORTAL_URL") or error("PROXYPORTAL_URL is not set")
local key_file = os.getenv("PROXYPORTAL_KEY_FILE") or error("PROXYPORTAL_KEY_FILE is not set")
local timeout = 2000

local function read_key()
    local file, reason = io.open(key_file, "r")
    if not file then error(reason) end
    local line = file:read("l")
    file:close()
    return (line or error(key_file .. " is empty")):match("^%s*(.-)%s*$")
end

local key = read_key()

-- HAProxy numbers the values of a header from 0; a request of its own wants them from 1.
local function values(header)
    local list = {}
    if header then
        for i = 0, #header do
            if header[i] then list[#list + 1] = header[i] end
        end
    end
    return list
end

-- Only what stands here reaches the portal: whatever else the client sent under these names does not.
local function question(txn)
    local headers = {
        ["x-caller-key"] = { key },
        ["x-forwarded-for"] = { txn.sf:src() },
        ["x-forwarded-method"] = { txn.sf:method() },
    }
    local credentials = values(txn.http:req_get_headers()["proxy-authorization"])
    if #credentials > 0 then headers["proxy-authorization"] = credentials end
    return headers
end

-- Statuses that are the user's or the client's affair go through; everything else is ours, and temporary.
local passed_on = { [400] = true, [407] = true }

core.register_action("proxyportal", { "http-req" }, function(txn)
    local answer = core.httpclient():get({ url = url, headers = question(txn), timeout = timeout })
    local status = answer and answer.status
    if status == 200 then
        txn:set_var("txn.proxyportal_user", values(answer.headers["x-portal-user"])[1] or "-")
        -- haproxy.cfg refuses every request without this: a fault in here must let nobody through.
        txn:set_var("txn.proxyportal", "accepted")
        return
    end
    local reply = txn:reply({ status = passed_on[status] and status or 503 })
    if status == 407 then
        for _, challenge in ipairs(values(answer.headers["proxy-authenticate"])) do
            reply:add_header("Proxy-Authenticate", challenge)
        end
    end
    txn:done(reply)
end)
