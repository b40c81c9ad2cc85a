-- Attaches neovim's own client to the program:
-- FLOWTIME_PROGRAM=PATH nvim --headless -u NONE -c 'luafile neovim.lua'
local function attach(program)
  local config = { name = "flowtime-sim", cmd = { program, "serve", "--stdio" } }
  if vim.lsp.start then
    return assert(vim.lsp.start(config))
  end
  -- Before neovim 0.8.
  config.root_dir = vim.fn.getcwd()
  local id = assert(vim.lsp.start_client(config))
  vim.lsp.buf_attach_client(0, id)
  return id
end

local function main()
  local path = vim.fn.tempname() .. ".yaml"
  vim.fn.writefile({ "metadata: {id: t}", "nodes: [" }, path)
  vim.cmd("edit " .. path)

  local id = attach(vim.env.FLOWTIME_PROGRAM)
  local found = vim.wait(60000, function()
    return #vim.diagnostic.get(0) > 0
  end, 20)
  assert(found, "no diagnostics arrived")
  local first = vim.diagnostic.get(0)[1]
  assert(first.code == "yaml-syntax" and first.lnum == 1 and first.col == 7, vim.inspect(first))

  -- What is typed reaches the program: closing the list takes that diagnostic away.
  vim.api.nvim_buf_set_text(0, 1, 8, 1, 8, { "]" })
  local changed = vim.wait(60000, function()
    for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
      if diagnostic.code == "yaml-syntax" then
        return false
      end
    end
    return true
  end, 20)
  assert(changed, vim.inspect(vim.diagnostic.get(0)))

  local client = assert(vim.lsp.get_client_by_id(id))
  local replied, failure
  client.request("generate", { templateId = "manufacturing-line" }, function(err, result)
    failure = err
    replied = result
  end)
  assert(vim.wait(60000, function()
    return replied or failure
  end, 20), "no reply")
  assert(not failure, vim.inspect(failure))
  assert(vim.startswith(replied.model, "schemaVersion: 1\n"))
  client.stop()
  assert(vim.wait(60000, function()
    return vim.lsp.get_client_by_id(id) == nil
  end, 20), "the client does not end")
end

local done, message = pcall(main)
if not done then
  io.stderr:write(tostring(message) .. "\n")
end
vim.cmd(done and "qall!" or "cquit!")
