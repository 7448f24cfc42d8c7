-- The text of a page: what the site shows where GitHub shows plain markdown. A filter of pandoc. It runs in the
-- root of the repository and is told, as metadata, `name`, the page in the site; `pages`, the names of all that
-- come from book/*.md; `results`, the folder of the reader's runs, or nothing.

local stringify = pandoc.utils.stringify
local OPS = 'autodiff/ops.h'  -- its page is made from the code
local IMAGES = 'book/images/'
local ALERTS = { NOTE = 'Note', TIP = 'Tip', IMPORTANT = 'Important', WARNING = 'Warning', CAUTION = 'Caution' }

local told, chapter  -- the metadata; the number of the chapter, where the page is one
local figures = {}   -- that the reader can turn
local counts = { figure = 0, formula = 0 }

local function fail(...) error(string.format(...), 0) end

local function html(...) return pandoc.RawBlock('html', string.format(...)) end

local function inline(...) return pandoc.RawInline('html', string.format(...)) end

local function escape(text)
  return (text:gsub('[&<>"]', { ['&'] = '&amp;', ['<'] = '&lt;', ['>'] = '&gt;', ['"'] = '&quot;' }))
end

local function read(name)
  local file = io.open(name, 'rb')
  local text = file and file:read('a')  -- of a folder, nothing
  if file then file:close() end
  return text
end

local function div(class, blocks) return pandoc.Div(blocks, { class = class }) end

local function span(class, inlines) return pandoc.Span(inlines, { class = class }) end

-- Links and pictures: pages lie in book/, so a target is a file there or, after ../, of the root.

local function goal_of(target)
  target = target:gsub('%%(%x%x)', function(byte) return string.char(tonumber(byte, 16)) end)
  local name, anchor = target:match('^([^#]*)(.*)$')
  return name:match('^%.%./(.*)') or 'book/' .. name, anchor
end

-- Where a link leads in the site; nil if nowhere.
local function href(target)
  if target:match('^%w+:') or target:match('^#') then return target end
  local goal, anchor = goal_of(target)
  local page = goal:match('^book/(.*)%.md$')
  if page and (' ' .. told.pages .. ' '):find(' ' .. page .. ' ', 1, true) then return page .. '.html' .. anchor end
  if goal == OPS then return 'ops.html' .. anchor end
  return read(goal) and 'source/' .. goal .. '.html'
end

local function link(element)
  local target = href(element.target)
  return target and pandoc.Link(element.content, target, '', element.attr) or element.content
end

-- The <picture> of an image, and whether it is the reader's own. Figures have two pixels per point.
local function picture(goal, alt)
  if goal:sub(1, #IMAGES) ~= IMAGES then fail('the picture %s is not in %s', goal, IMAGES) end
  local rest = goal:sub(#IMAGES + 1)
  local mine = told.results and told.results .. '/' .. rest
  mine = mine and read(mine) and mine
  local file = mine or goal
  local data = read(file) or fail('the picture %s does not exist', goal)
  local box = ''
  if data:sub(2, 4) == 'PNG' then
    local width, height = string.unpack('>I4I4', data, 17)
    box = string.format(' width="%d" height="%d"', (width + 1) // 2, (height + 1) // 2)
  end
  local img = string.format('<img src="%s"%s alt="%s">', escape('images/' .. rest), box, alt)
  local function dark(name) return (name:gsub('%.%w+$', '-dark%0')) end
  if not read(dark(file)) then return '<picture class="light-only">' .. img .. '</picture>', mine end
  return string.format('<picture><source srcset="%s" media="(prefers-color-scheme: dark)">%s</picture>',
    escape('images/' .. dark(rest)), img), mine
end

-- A drawing as part of the page, whose colours it takes.
local function drawing(goal, alt)
  local svg = read(goal) or fail('the drawing %s does not exist', goal)
  local label = ('role="img" aria-label="' .. alt .. '"'):gsub('%%', '%%%%')
  return (svg:gsub('role="img"', label, 1):gsub('<title>[^\n]*</title>\n', '', 1):match('^%s*(.-)%s*$'))
end

-- In a chapter, the id of the next figure or formula, and the number that is a link to it.
local function numbered(kind, words)
  if not chapter then return '', '' end
  counts[kind] = counts[kind] + 1
  local id = string.format('%s-%d-%d', kind, chapter, counts[kind])
  return ' id="' .. id .. '"',
    string.format('<a class="own" href="#%s">%s</a>', id, words:format(chapter .. '.' .. counts[kind]))
end

-- A paragraph that is a picture, with or without a caption in *..* on the next line.
local function figure(paragraph)
  local image, gap, emphasis, more = table.unpack(paragraph.content)
  if image.t ~= 'Image' then return nil end
  if gap and not (gap.t == 'SoftBreak' and emphasis.t == 'Emph' and not more) then return nil end
  local drawn = image.src:match('%.svg$')
  local tag, mine = (drawn and drawing or picture)(goal_of(image.src), escape(stringify(image.caption)))
  local caption = pandoc.List(gap and emphasis.content or {})
  if gap then caption:insert(pandoc.Space()) end
  if told.results and not drawn then
    caption:insert(span(mine and 'whose mine' or 'whose', mine and 'Your run.' or 'The book’s run.'))
  end
  if #caption == 0 then return { html('<figure class="picture">%s', tag), html('</figure>') } end
  local id, own = numbered('figure', 'Figure %s')
  caption:insert(1, inline('<figcaption>%s', own == '' and '' or own .. ' '))
  return { html('<figure class="picture"%s>%s', id, tag), pandoc.Plain(caption), html('</figcaption>'), html('</figure>') }
end

-- Formulas: GitHub's $`..`$ and ```math as pandoc's own. One keeps the comma or bracket after it on its line.

local AFTER = re.compile("'$' { ([].,;:!?)] / '’' / '”')* } { .* }")

local function formulas(list)
  local out = pandoc.List()
  local at = 1
  while at <= #list do
    local before, code, after = out[#out], list[at], list[at + 1]
    local opens = before and before.t == 'Str' and before.text:match('^(.*)%$$')
    if code.t == 'Code' and opens and after and after.t == 'Str' and after.text:match('^%$') then
      out[#out] = nil
      if opens ~= '' then out:insert(pandoc.Str(opens)) end
      local marks, rest = AFTER:match(after.text)
      local formula = pandoc.Math('InlineMath', code.text)
      out:insert(marks == '' and formula or span('keep', { formula, pandoc.Str(marks) }))
      if rest == '' then at = at + 1 else list[at + 1] = pandoc.Str(rest) end
    elseif not (code.t == 'RawInline' and code.text:match('^<!%-%-')) then
      out:insert(code)
    end
    at = at + 1
  end
  return out
end

local function display(block)
  if block.classes[1] ~= 'math' then return nil end
  local id, own = numbered('formula', '(%s)')
  return pandoc.Plain {
    inline('<div class="display"%s>%s', id, own), pandoc.Math('DisplayMath', block.text), inline('</div>'),
  }
end

-- Comments are not shown; <!-- live: NAME --> is the place of a figure that the reader can turn.
local function comment(block)
  if not block.text:match('^<!%-%-') then return nil end
  local name = block.text:match('^<!%-%-%s*live:%s*(%S+)%s*%-%->%s*$')
  if not name then return {} end
  table.insert(figures, { figure = name })
  return html('<section class="live" data-live="%s" hidden></section>', name)
end

-- Takes the first inline of a list, and the spaces after it.
local function without_first(inlines)
  inlines:remove(1)
  while inlines[1] and (inlines[1].t == 'Space' or inlines[1].t == 'SoftBreak') do inlines:remove(1) end
  return inlines
end

-- A box; if its text begins with bold words, they are its title.
local function box(kind, blocks)
  local title = ALERTS[kind]
  local first = blocks[1]
  if first and first.t == 'Para' and first.content[1].t == 'Strong' then
    title = first.content[1].content
    local rest = without_first(first.content)
    if #rest > 0 then blocks[1] = pandoc.Para(rest) else blocks:remove(1) end
  end
  blocks:insert(1, div('title', { pandoc.Plain(title) }))
  return div('callout ' .. kind:lower(), blocks)
end

-- A quotation that begins with [!NOTE].
local function callout(quote)
  local blocks = quote.content
  local first = blocks[1] and blocks[1].t == 'Para' and blocks[1].content
  local kind = first and first[1].t == 'Str' and first[1].text:match('^%[!(%w+)%]$')
  if not kind then return nil end
  if not ALERTS[kind] then fail('[!%s] is no callout; write NOTE, TIP, IMPORTANT, WARNING or CAUTION', kind) end
  local text = without_first(first)
  if #text > 0 then blocks[1] = pandoc.Para(text) else blocks:remove(1) end
  return box(kind, blocks)
end

-- The same as pandoc 3.2 and later parse it.
local function alert(block)
  local kind = (block.classes[1] or ''):upper()
  if not ALERTS[kind] then return nil end
  block.content:remove(1)
  return box(kind, block.content)
end

-- Columns as wide as they need; cells with sentences stay wide on a phone.
local function tables(block)
  block.colspecs = block.colspecs:map(function(column) return { column[1] } end)
  local bodies = block.bodies
  for _, body in ipairs(bodies) do
    for _, row in ipairs(body.body) do
      for _, cell in ipairs(row.cells) do
        local words = pandoc.walk_block(pandoc.Div(cell.contents), { Math = function() return {} end })
        if utf8.len(stringify(words)) > 24 then cell.classes = { 'long' } end
      end
    end
  end
  block.bodies = bodies
  return { html('<div class="table" tabindex="0">'), block, html('</div>') }
end

return {
  { Meta = function(meta)
    told = meta
    chapter = tonumber(meta.name:match('^(%d%d)%-'))
  end },
  { Link = link, Inlines = formulas },
  { CodeBlock = display, RawBlock = comment, Para = figure, BlockQuote = callout, Div = alert, Table = tables },
  { Meta = function(meta)
    meta.figures, meta.live = figures, #figures > 0
    return meta
  end },
}
