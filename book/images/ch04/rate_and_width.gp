# Redraw rate_and_width.png and rate_and_width-dark.png with: gnuplot rate_and_width.gp
set encoding utf8

$cells1 << e
0 0 1.011998057 "1.0"
1 0 0.9939804375 "0.99"
2 0 0.9822846055 "0.98"
3 0 0.9757530689 "0.98"
4 0 0.9754111171 "0.98"
5 0 0.994874239 "0.99"
6 0 0.9984977841 "1.0"
0 1 0.8842170537 "0.88"
1 1 0.7561949492 "0.76"
2 1 0.7084650099 "0.71"
3 1 0.7150632441 "0.72"
4 1 0.7585258484 "0.76"
5 1 0.8729220629 "0.87"
6 1 0.9388702512 "0.94"
0 2 0.1270580329 "0.13"
1 2 0.04429283552 "0.044"
2 2 0.02654542122 "0.027"
3 2 0.03101819754 "0.031"
4 2 0.2592859939 "0.26"
5 2 0.7489621043 "0.75"
6 2 0.9145908654 "0.91"
0 3 0.007241033018 "0.0072"
1 3 0.003646123921 "0.0036"
2 3 0.002700942568 "0.0027"
3 3 0.003389772843 "0.0034"
4 3 0.07399146911 "0.074"
5 3 0.9780831337 "0.98"
0 4 0.8715611398 "0.87"
1 4 0.5694963336 "0.57"
2 4 0.3625700623 "0.36"
e

$missing1 << e
6 3
3 4
4 4
5 4
6 4
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
  set terminal pngcairo size 1640,708 enhanced font 'Inter,11' fontscale 2 \
    linewidth 3.2 pointscale 2.2 background rgb page
  set output theme eq 'light' ? 'rate_and_width.png' : 'rate_and_width-dark.png'

  set label '{/:Bold The rate that breaks falls with the width}' at screen 0.0195122, screen 0.936441 font ',14' textcolor rgb ink
  set label 'loss after 500 steps, median of 8 seeds or of 3; depth 4' at screen 0.0195122, screen 0.865819 textcolor rgb grey
  set palette defined (0 '#440154', 1 '#482878', 2 '#3e4989', \
    3 '#31688e', 4 '#26828e', 5 '#1f9e89', 6 '#35b779', 7 '#6ece58', 8 '#b5de2b', 9 '#fde725')
  unset border
  unset key
  set minussign
  set multiplot

  set lmargin at screen 0.09779634146; set rmargin at screen 0.8490158537; set tmargin at screen 0.7796610169; set bmargin at screen 0.186440678
  set xrange [-0.5:7-0.5]; set yrange [-0.5:5-0.5]
  set xtics ('16' 0, '32' 1, '64' 2, '128' 3, '256' 4, '512' 5, '1024' 6) scale 0 font ',11' textcolor rgb ink
  set ytics ('0.01' 0, '0.03' 1, '0.1' 2, '0.3' 3, '1' 4) scale 0 textcolor rgb ink
  set xlabel 'width n' offset 0,0.2 textcolor rgb ink
  set label 'learning rate' at screen 0.0243902, screen 0.483051 center rotate textcolor rgb ink
  set logscale cb 10
  set cbtics ('' 0.003 1, '' 0.004 1, '' 0.005 1, '' 0.006 1, '' 0.007 1, '' 0.008 1, '' 0.009 1, '10^{−2}' 0.01 0, '' 0.02 1, '' 0.03 1, '' 0.04 1, '' 0.05 1, '' 0.06 1, '' 0.07 1, '' 0.08 1, '' 0.09 1, '10^{−1}' 0.1 0, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '10^{0}' 1 0)
  set cbrange [0.002700942568:1.011998057]
  set colorbox vertical user noborder origin screen 0.873406, screen 0.186441 size screen 0.01951219512, screen 0.593220339
  set cbtics scale 0 offset -0.3,0 textcolor rgb ink

  plot $cells1 using 1:2:(0.4886363636):(0.4761904762):($3 > 0 ? $3 : 0.002700942568) with boxxyerror lc palette fs solid noborder, \
    $cells1 using 1:2:4:($3 < 0.05228143679 ? 0xffffff : 0x0d1117) with labels textcolor rgb variable font ',10', \
    $missing1 using 1:2:(0.4886363636):(0.4761904762) with boxxyerror lc rgb grid fs solid noborder, \
    $missing1 using 1:2:('∞') with labels textcolor rgb grey font ',10'
  unset label; unset xlabel
  unset multiplot
}
