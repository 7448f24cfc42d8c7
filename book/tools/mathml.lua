-- Formulas come as MathML in code of the class mathml, and go as they are: pandoc would read them,
-- and write what it understood.
function Code(code)
  if code.classes:includes('mathml') then return pandoc.RawInline('html', code.text) end
end
