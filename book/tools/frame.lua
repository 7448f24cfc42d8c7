-- What stands around the text of a page, for theme/page.html: title, contents of the book, neighbours, sections.
-- A filter of pandoc that follows page.lua. It is told, as metadata, `name`, the page in the site; `kind`, if it is
-- no chapter; `source`, the file of the repository that the page shows.

local stringify = pandoc.utils.stringify
local LANGUAGES = { cpp = 'cpp', h = 'cpp', cu = 'cpp', js = 'javascript', md = 'markdown', sh = 'bash', json = 'json' }
local OPS = '../autodiff/ops.h'  -- its page is made from the code

local function fail(...) error(string.format(...), 0) end

local function div(class, blocks) return pandoc.Div(blocks, { class = class }) end

local function span(class, inlines) return pandoc.Span(inlines, { class = class }) end

local function read(name)
  local file = io.open(name, 'rb') or fail('%s does not exist', name)
  local text = file:read('a'):gsub('\r\n', '\n')
  file:close()
  return text
end

-- The contents of the book stand on index.md: under "## Contents", a heading per part, and under it a list of
-- its pages: "[Title](page.md): question?" or "Title *(planned)*: question?".

-- The title of the book and its parts, each with its pages.
local function contents()
  local title, text = read('book/index.md'):match('^# ([^\n]*)\n.*\n## Contents\n(.*)')
  if not title then fail('book/index.md has no title or no "## Contents"') end
  local parts = pandoc.List()
  for line in text:gmatch('[^\n]+') do
    local part = line:match('^### (.*)')
    local number, item = line:match('^(%d*)[.-] (.*)')
    if part then parts:insert { title = part, pages = pandoc.List() } end
    if item then
      local name, target = item:match('^%[([^]]*)%]%(([^)]*)%)')
      name = name or item:match('^(.-) %*%(planned%)%*') or fail('"%s" has no link, nor the mark *(planned)*', item)
      if #parts == 0 then fail('the contents begin without a part (###)') end
      local href = target and (target == OPS and 'ops.html' or target:gsub('%.md$', '.html'))
      parts[#parts].pages:insert { title = name, number = number ~= '' and number or nil, href = href }
    end
  end
  return title, parts
end

-- One line of the first page's contents: number and title and, below, the question.
local function entry(inlines, number)
  local name, question = pandoc.List(number and { span('nr', tostring(number)) } or {}), pandoc.List(inlines)
  local planned = question[1].t ~= 'Link'
  local last
  repeat
    last = question:remove(1)
    name:insert(last)
  until last.t == (planned and 'Emph' or 'Link')
  while question[1] and (question[1].text == ':' or question[1].t == 'Space') do question:remove(1) end
  return div(planned and 'entry planned' or 'entry', { pandoc.Plain { span('name', name), span('question', question) } })
end

-- The first page with its contents laid out.
local function lay_out(blocks)
  local inside = false
  for k, block in ipairs(blocks) do
    if block.t == 'Header' and block.level == 2 then inside = stringify(block) == 'Contents' end
    local ordered = block.t == 'OrderedList'
    if inside and (ordered or block.t == 'BulletList') then
      local items = {}
      for n, item in ipairs(block.content) do
        items[n] = { entry(item[1].content, ordered and block.start + n - 1) }
      end
      block.content = items
      blocks[k] = div('contents', { block })
    end
  end
end

-- The book around the page that the site calls `name`: the contents, and what comes before and after.
local function neighbours(meta, name)
  meta.base = ('../'):rep(select(2, name:gsub('/', '')))
  meta.book, meta.parts = contents()
  local order = pandoc.List { { title = meta.book, href = 'index.html' } }
  for _, part in ipairs(meta.parts) do
    order:extend(part.pages:filter(function(page) return page.href end))
  end
  local function turn(page)
    return page and { href = page.href, title = (page.number and page.number .. '. ' or '') .. page.title }
  end
  local here
  for k, page in ipairs(order) do
    page.current = page.href == name
    page.href = meta.base .. page.href
    here = page.current and k or here
  end
  if here then meta.previous, meta.next = turn(order[here - 1]), turn(order[here + 1]) end
end

-- A file of the repository, with numbered lines.
local function listing(file)
  local language = LANGUAGES[file:match('[^.]*$')] or 'text'
  return pandoc.List {
    pandoc.Header(1, file, { id = 'file' }),
    pandoc.CodeBlock(read(file):gsub('%s+$', ''), { id = 'L', class = language .. ' numberLines' }),
  }
end

function Pandoc(document)
  local meta = document.meta
  local blocks = meta.source and listing(meta.source) or document.blocks
  local first, second = blocks[1], blocks[2]
  if not first or first.t ~= 'Header' or first.level ~= 1 then fail('a page begins with its title, a line "# ..."') end
  meta.title = stringify(first)
  -- A first paragraph in *..* says what the page is about.
  if second and second.t == 'Para' and #second.content == 1 and second.content[1].t == 'Emph' then
    blocks[2] = div('lead', { pandoc.Para(second.content[1].content) })
  end
  meta.home = meta.name == 'index.html'
  if meta.home then
    meta.kind = 'index'
    lay_out(blocks)
  else
    local headings = blocks:filter(function(block) return block.t == 'Header' and (block.level == 2 or block.level == 3) end)
    if meta.kind == 'ops' then  -- where a plain id is that of an op
      for _, heading in ipairs(headings) do heading.identifier = 'section-' .. heading.identifier end
    end
    meta.toc = headings:map(function(h) return { id = h.identifier, text = stringify(h), deep = h.level > 2 } end)
    meta.sections = meta.toc:filter(function(heading) return not heading.deep end)
    meta.hastoc = #headings > 1
  end
  neighbours(meta, meta.name)
  return pandoc.Pandoc(blocks, meta)
end
