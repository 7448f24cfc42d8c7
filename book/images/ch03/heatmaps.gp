# Redraw heatmaps.png and heatmaps-dark.png with: gnuplot heatmaps.gp
set encoding utf8

$cells1 << e
0 0 1.007824085 "1.01"
1 0 0.7162582422 "0.72"
2 0 0.5088962325 "0.51"
3 0 0.3508744872 "0.35"
4 0 0.2458108082 "0.25"
5 0 0.1769064161 "0.18"
0 1 1.00109442 "1.00"
1 1 0.7222535243 "0.72"
2 1 0.5035991416 "0.50"
3 1 0.3416393804 "0.34"
4 1 0.2363842589 "0.24"
5 1 0.1759254536 "0.18"
0 2 0.9764984696 "0.98"
1 2 0.6750310341 "0.68"
2 2 0.4689651459 "0.47"
3 2 0.3353449614 "0.34"
4 2 0.2390101671 "0.24"
5 2 0.1752825314 "0.18"
0 3 1.052762488 "1.05"
1 3 0.7646423585 "0.76"
2 3 0.4981337403 "0.50"
3 3 0.3851934958 "0.39"
4 3 0.2313568415 "0.23"
5 3 0.1710243462 "0.17"
0 4 0.9206126146 "0.92"
1 4 0.8210775839 "0.82"
2 4 0.548800651 "0.55"
3 4 0.3547268409 "0.35"
4 4 0.2451816807 "0.25"
5 4 0.1888078663 "0.19"
e

$cells2 << e
0 1 0.9936084851 "0.99"
1 1 0.9969171882 "1.00"
2 1 0.9947546639 "0.99"
3 1 0.9781566186 "0.98"
4 1 0.9631311293 "0.96"
5 1 0.9818813423 "0.98"
0 2 1.017624025 "1.02"
1 2 0.9739294658 "0.97"
2 2 0.9615586711 "0.96"
3 2 0.9530117366 "0.95"
4 2 0.9953664438 "1.00"
5 2 0.9825323424 "0.98"
0 3 1.028151089 "1.03"
1 3 1.018830534 "1.02"
2 3 1.032588295 "1.03"
3 3 1.015205811 "1.02"
4 3 0.9747157135 "0.97"
5 3 0.9690987955 "0.97"
0 4 0.880811587 "0.88"
1 4 0.942440566 "0.94"
2 4 1.076836337 "1.08"
3 4 0.9268872279 "0.93"
4 4 0.9936879825 "0.99"
5 4 1.020329144 "1.02"
e

$missing2 << e
0 0
1 0
2 0
3 0
4 0
5 0
e

$cells3 << e
0 0 1.009865299 "1.01"
1 0 1.410347007 "1.41"
2 0 1.997934078 "2.00"
3 0 2.825718978 "2.83"
4 0 4.032521427 "4.03"
5 0 5.607003727 "5.61"
0 1 1.043807367 "1.04"
1 1 1.474394251 "1.47"
2 1 2.005609578 "2.01"
3 1 2.758245585 "2.76"
4 1 3.963882283 "3.96"
5 1 5.59728012 "5.60"
0 2 1.000924171 "1.00"
1 2 1.40248488 "1.40"
2 2 2.083424016 "2.08"
3 2 2.828040061 "2.83"
4 2 4.150497387 "4.15"
5 2 5.523046261 "5.52"
0 3 1.043655328 "1.04"
1 3 1.359452895 "1.36"
2 3 2.053222402 "2.05"
3 3 2.545999431 "2.55"
4 3 3.848051748 "3.85"
5 3 5.3696646 "5.37"
0 4 0.8678600318 "0.87"
1 4 1.28569435 "1.29"
2 4 2.222844898 "2.22"
3 4 2.424565977 "2.42"
4 4 3.960179658 "3.96"
5 4 5.552467782 "5.55"
e

$cells4 << e
0 0 1.007824085 "1.01"
1 0 1.01294212 "1.01"
2 0 1.017792465 "1.02"
3 0 0.992422917 "0.99"
4 0 0.9832432327 "0.98"
5 0 1.000733812 "1.00"
0 1 1.00109442 "1.00"
1 1 1.02142073 "1.02"
2 1 1.007198283 "1.01"
3 1 0.9663020905 "0.97"
4 1 0.9455370357 "0.95"
5 1 0.9951846498 "1.00"
0 2 0.9764984696 "0.98"
1 2 0.9546380434 "0.95"
2 2 0.9379302918 "0.94"
3 2 0.9484987851 "0.95"
4 2 0.9560406682 "0.96"
5 2 0.9915477324 "0.99"
0 3 1.052762488 "1.05"
1 3 1.081367594 "1.08"
2 3 0.9962674806 "1.00"
3 3 1.089491732 "1.09"
4 3 0.9254273658 "0.93"
5 3 0.9674597993 "0.97"
0 4 0.9206126146 "0.92"
1 4 1.161179055 "1.16"
2 4 1.097601302 "1.10"
3 4 1.003319019 "1.00"
4 4 0.9807267226 "0.98"
5 4 1.068058581 "1.07"
e

$cells5 << e
0 1 0.9936084851 "0.99"
1 1 0.704926904 "0.70"
2 1 0.497377332 "0.50"
3 1 0.345830589 "0.35"
4 1 0.2407827823 "0.24"
5 1 0.1735737389 "0.17"
0 2 1.017624025 "1.02"
1 2 0.6886721297 "0.69"
2 2 0.4807793356 "0.48"
3 2 0.3369405308 "0.34"
4 2 0.2488416109 "0.25"
5 2 0.1736888205 "0.17"
0 3 1.028151089 "1.03"
1 3 0.7204219793 "0.72"
2 3 0.5162941476 "0.52"
3 3 0.3589294565 "0.36"
4 3 0.2436789284 "0.24"
5 3 0.1713140825 "0.17"
0 4 0.880811587 "0.88"
1 4 0.6664061151 "0.67"
2 4 0.5384181685 "0.54"
3 4 0.3277041221 "0.33"
4 4 0.2484219956 "0.25"
5 4 0.1803704142 "0.18"
e

$missing5 << e
0 0
1 0
2 0
3 0
4 0
5 0
e

$cells6 << e
0 0 1.009865299 "1.01"
1 0 0.9972659326 "1.00"
2 0 0.9989670392 "1.00"
3 0 0.9990425256 "1.00"
4 0 1.008130357 "1.01"
5 0 0.9911875894 "0.99"
0 1 1.043807367 "1.04"
1 1 1.042554173 "1.04"
2 1 1.002804789 "1.00"
3 1 0.9751870788 "0.98"
4 1 0.9909705708 "0.99"
5 1 0.9894686823 "0.99"
0 2 1.000924171 "1.00"
1 2 0.9917065693 "0.99"
2 2 1.041712008 "1.04"
3 2 0.9998631524 "1.00"
4 2 1.037624347 "1.04"
5 2 0.9763458659 "0.98"
0 3 1.043655328 "1.04"
1 3 0.9612783611 "0.96"
2 3 1.026611201 "1.03"
3 3 0.9001467312 "0.90"
4 3 0.9620129369 "0.96"
5 3 0.9492315628 "0.95"
0 4 0.8678600318 "0.87"
1 4 0.9091231935 "0.91"
2 4 1.111422449 "1.11"
3 4 0.8572135219 "0.86"
4 4 0.9900449146 "0.99"
5 4 0.9815469052 "0.98"
e

do for [theme in 'light dark'] {
  reset
  if (theme eq 'light') {
    page = '#ffffff'; ink = '#1f2328'; grey = '#59636e'; pale = '#d0d7de'; grid = '#dfe3e8'
    array color[6] = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9']
  } else {
    page = '#0d1117'; ink = '#f0f6fc'; grey = '#9198a1'; pale = '#3d444d'; grid = '#2a313c'
    array color[6] = ['#56b4e9', '#ff9e4a', '#2fd6a3', '#ee9fc7', '#ffd166', '#8fb8ff']
  }
  set terminal pngcairo size 1956,1332 enhanced font 'Inter,11' fontscale 2 \
    linewidth 3.2 pointscale 2.2 background rgb page
  set output theme eq 'light' ? 'heatmaps.png' : 'heatmaps-dark.png'

  set label '{/:Bold SP moves its layers apart}' at screen 0.0163599, screen 0.966216 font ',14' textcolor rgb ink
  set label 'learning-rate factor × ‖df/dw‖ / ‖w‖ at initialisation; 1 is the prediction at width 64' at screen 0.0163599, screen 0.928679 textcolor rgb grey
  set palette defined (0 '#440154', 1 '#482878', 2 '#3e4989', \
    3 '#31688e', 4 '#26828e', 5 '#1f9e89', 6 '#35b779', 7 '#6ece58', 8 '#b5de2b', 9 '#fde725')
  unset border
  unset key
  set minussign
  set multiplot

  set lmargin at screen 0.06801840491; set rmargin at screen 0.3318220859; set tmargin at screen 0.8438438438; set bmargin at screen 0.5285285285
  set xrange [-0.5:6-0.5]; set yrange [-0.5:5-0.5]
  set xtics ('64' 0, '128' 1, '256' 2, '512' 3, '1024' 4, '2048' 5) scale 0 font ',11' textcolor rgb ink
  set ytics ('2' 0, '4' 1, '8' 2, '16' 3, '32' 4) scale 0 textcolor rgb ink
  set label 'depth' at screen 0.0204499, screen 0.686186 center rotate textcolor rgb ink
  set label '{/:Bold SP, input}' at screen 0.0680184, screen 0.866366 textcolor rgb ink
  set logscale cb 2
  set cbtics ('2^{−2}' 0.25 0, '2^{−1}' 0.5 0, '2^{0}' 1 0, '2^{1}' 2 0, '2^{2}' 4 0)
  set cbrange [0.1710243462:5.607003727]
  unset colorbox

  plot $cells1 using 1:2:(0.4768037471):(0.4761904762):($3 > 0 ? $3 : 0.1710243462) with boxxyerror lc palette fs solid noborder, \
    $cells1 using 1:2:4:($3 < 0.9792518299 ? 0xffffff : 0x0d1117) with labels textcolor rgb variable font ',10'
  unset label; unset xlabel

  set lmargin at screen 0.3645419223; set rmargin at screen 0.6283456033; set tmargin at screen 0.8438438438; set bmargin at screen 0.5285285285
  set xrange [-0.5:6-0.5]; set yrange [-0.5:5-0.5]
  set xtics ('64' 0, '128' 1, '256' 2, '512' 3, '1024' 4, '2048' 5) scale 0 font ',11' textcolor rgb ink
  unset ytics
  set label '{/:Bold SP, hidden}' at screen 0.364542, screen 0.866366 textcolor rgb ink
  set logscale cb 2
  set cbtics ('2^{−2}' 0.25 0, '2^{−1}' 0.5 0, '2^{0}' 1 0, '2^{1}' 2 0, '2^{2}' 4 0)
  set cbrange [0.1710243462:5.607003727]
  unset colorbox

  plot $cells2 using 1:2:(0.4768037471):(0.4761904762):($3 > 0 ? $3 : 0.1710243462) with boxxyerror lc palette fs solid noborder, \
    $cells2 using 1:2:4:($3 < 0.9792518299 ? 0xffffff : 0x0d1117) with labels textcolor rgb variable font ',10', \
    $missing2 using 1:2:(0.4768037471):(0.4761904762) with boxxyerror lc rgb grid fs solid noborder, \
    $missing2 using 1:2:('–') with labels textcolor rgb grey font ',10'
  unset label; unset xlabel

  set lmargin at screen 0.6610654397; set rmargin at screen 0.9248691207; set tmargin at screen 0.8438438438; set bmargin at screen 0.5285285285
  set xrange [-0.5:6-0.5]; set yrange [-0.5:5-0.5]
  set xtics ('64' 0, '128' 1, '256' 2, '512' 3, '1024' 4, '2048' 5) scale 0 font ',11' textcolor rgb ink
  unset ytics
  set label '{/:Bold SP, output}' at screen 0.661065, screen 0.866366 textcolor rgb ink
  set logscale cb 2
  set cbtics ('2^{−2}' 0.25 0, '2^{−1}' 0.5 0, '2^{0}' 1 0, '2^{1}' 2 0, '2^{2}' 4 0)
  set cbrange [0.1710243462:5.607003727]
  set colorbox vertical user noborder origin screen 0.945319, screen 0.528529 size screen 0.0163599182, screen 0.3153153153
  set cbtics scale 0 offset -0.3,0 textcolor rgb ink

  plot $cells3 using 1:2:(0.4768037471):(0.4761904762):($3 > 0 ? $3 : 0.1710243462) with boxxyerror lc palette fs solid noborder, \
    $cells3 using 1:2:4:($3 < 0.9792518299 ? 0xffffff : 0x0d1117) with labels textcolor rgb variable font ',10'
  unset label; unset xlabel

  set lmargin at screen 0.06801840491; set rmargin at screen 0.3318220859; set tmargin at screen 0.4144144144; set bmargin at screen 0.0990990991
  set xrange [-0.5:6-0.5]; set yrange [-0.5:5-0.5]
  set xtics ('64' 0, '128' 1, '256' 2, '512' 3, '1024' 4, '2048' 5) scale 0 font ',11' textcolor rgb ink
  set ytics ('2' 0, '4' 1, '8' 2, '16' 3, '32' 4) scale 0 textcolor rgb ink
  set xlabel 'width' offset 0,0.2 textcolor rgb ink
  set label 'depth' at screen 0.0204499, screen 0.256757 center rotate textcolor rgb ink
  set label '{/:Bold µP, input}' at screen 0.0680184, screen 0.436937 textcolor rgb ink
  set logscale cb 2
  set cbtics ('2^{−2}' 0.25 0, '2^{−1}' 0.5 0, '2^{0}' 1 0, '2^{1}' 2 0, '2^{2}' 4 0)
  set cbrange [0.1710243462:5.607003727]
  unset colorbox

  plot $cells4 using 1:2:(0.4768037471):(0.4761904762):($3 > 0 ? $3 : 0.1710243462) with boxxyerror lc palette fs solid noborder, \
    $cells4 using 1:2:4:($3 < 0.9792518299 ? 0xffffff : 0x0d1117) with labels textcolor rgb variable font ',10'
  unset label; unset xlabel

  set lmargin at screen 0.3645419223; set rmargin at screen 0.6283456033; set tmargin at screen 0.4144144144; set bmargin at screen 0.0990990991
  set xrange [-0.5:6-0.5]; set yrange [-0.5:5-0.5]
  set xtics ('64' 0, '128' 1, '256' 2, '512' 3, '1024' 4, '2048' 5) scale 0 font ',11' textcolor rgb ink
  unset ytics
  set xlabel 'width' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold µP, hidden}' at screen 0.364542, screen 0.436937 textcolor rgb ink
  set logscale cb 2
  set cbtics ('2^{−2}' 0.25 0, '2^{−1}' 0.5 0, '2^{0}' 1 0, '2^{1}' 2 0, '2^{2}' 4 0)
  set cbrange [0.1710243462:5.607003727]
  unset colorbox

  plot $cells5 using 1:2:(0.4768037471):(0.4761904762):($3 > 0 ? $3 : 0.1710243462) with boxxyerror lc palette fs solid noborder, \
    $cells5 using 1:2:4:($3 < 0.9792518299 ? 0xffffff : 0x0d1117) with labels textcolor rgb variable font ',10', \
    $missing5 using 1:2:(0.4768037471):(0.4761904762) with boxxyerror lc rgb grid fs solid noborder, \
    $missing5 using 1:2:('–') with labels textcolor rgb grey font ',10'
  unset label; unset xlabel

  set lmargin at screen 0.6610654397; set rmargin at screen 0.9248691207; set tmargin at screen 0.4144144144; set bmargin at screen 0.0990990991
  set xrange [-0.5:6-0.5]; set yrange [-0.5:5-0.5]
  set xtics ('64' 0, '128' 1, '256' 2, '512' 3, '1024' 4, '2048' 5) scale 0 font ',11' textcolor rgb ink
  unset ytics
  set xlabel 'width' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold µP, output}' at screen 0.661065, screen 0.436937 textcolor rgb ink
  set logscale cb 2
  set cbtics ('2^{−2}' 0.25 0, '2^{−1}' 0.5 0, '2^{0}' 1 0, '2^{1}' 2 0, '2^{2}' 4 0)
  set cbrange [0.1710243462:5.607003727]
  unset colorbox

  plot $cells6 using 1:2:(0.4768037471):(0.4761904762):($3 > 0 ? $3 : 0.1710243462) with boxxyerror lc palette fs solid noborder, \
    $cells6 using 1:2:4:($3 < 0.9792518299 ? 0xffffff : 0x0d1117) with labels textcolor rgb variable font ',10'
  unset label; unset xlabel
  unset multiplot
}
