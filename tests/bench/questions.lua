-- SPDX-License-Identifier: MIT
-- Questions of scores that nobody asked before, for wrk. Arguments: MODE START. "weights": one weighting after the
-- other; "hostile": weightings, dates, ages, bases and sureness that no cache can foresee, one in four explained.
local criteria = { "annual-audit", "cip-definition", "cip-strategy", "mandatory-reporting", "procurement-international",
  "public-capacity-report", "risk-mapped-practices", "strategy-in-place", "system-inventory", "written-infosec-plan" }
local bases = { "assessor", "our_reading", "assessor,our_reading,eu_law", "eu_law" }
local number, mode

function init(arguments)
  mode = arguments[1]
  number = tonumber(arguments[2])
end

-- The first weight is prime and no other reaches it: no two numbers give the same weighting.
local function weights(n)
  local given = { "agency-cio-cso:97" }
  for _, criterion in ipairs(criteria) do
    local weight = n % 96 + 1
    n = math.floor(n / 96)
    if weight > 1 then given[#given + 1] = criterion .. ":" .. weight end
  end
  return table.concat(given, ",")
end

local function hostile(n)
  local asked = string.format("&as_of=%d-%02d-%02d&max_age=P%dD&basis=%s&sure=%s",
    2010 + n % 16, n % 12 + 1, n % 28 + 1, n % 5000 + 1, bases[n % 4 + 1], n % 3 == 0 and "low" or "high")
  return asked .. (n % 4 == 0 and "&explain=1" or "")
end

function request()
  number = number + 1
  local asked = "/v1/scores?weights=" .. weights(number * 7919)
  return wrk.format("GET", asked .. (mode == "hostile" and hostile(number) or ""))
end
