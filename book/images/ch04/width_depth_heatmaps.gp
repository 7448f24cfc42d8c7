# Redraw width_depth_heatmaps.png and width_depth_heatmaps-dark.png with: gnuplot width_depth_heatmaps.gp
set encoding utf8

$cells1 << e
0 0 0.7545738518 "0.75"
1 0 0.6878894567 "0.69"
2 0 0.6588300765 "0.66"
3 0 0.673153311 "0.67"
4 0 0.7169463038 "0.72"
5 0 0.9562938809 "0.96"
6 0 1.597729206 "1.6"
0 1 0.4692269862 "0.47"
1 1 0.2213462517 "0.22"
2 1 0.2086725682 "0.21"
3 1 0.1794053838 "0.18"
4 1 0.3736205101 "0.37"
5 1 0.6982793212 "0.70"
6 1 0.8647993207 "0.86"
0 2 0.1270580329 "0.13"
1 2 0.04429283552 "0.044"
2 2 0.02654542122 "0.027"
3 2 0.03101819754 "0.031"
4 2 0.2592859939 "0.26"
5 2 0.7489621043 "0.75"
6 2 0.9145908654 "0.91"
0 3 0.0164531311 "0.016"
1 3 0.004903508117 "0.0049"
2 3 0.00603203685 "0.0060"
3 3 0.006487425417 "0.0065"
4 3 0.4003831744 "0.40"
5 3 0.4605961442 "0.46"
6 3 0.5514112711 "0.55"
0 4 0.01065435819 "0.011"
1 4 0.002632684307 "0.0026"
2 4 0.002483880497 "0.0025"
3 4 0.004616673337 "0.0046"
4 4 0.5926400423 "0.59"
5 4 0.6533603668 "0.65"
6 4 1.011783481 "1.0"
0 5 0.4443520904 "0.44"
1 5 0.02830433077 "0.028"
2 5 0.002536391839 "0.0025"
3 5 0.05377602577 "0.054"
4 5 0.3593978882 "0.36"
5 5 0.7886555195 "0.79"
0 6 0.8515679538 "0.85"
1 6 0.5598642528 "0.56"
2 6 0.3977466971 "0.40"
3 6 0.5713835061 "0.57"
4 6 0.6112297773 "0.61"
5 6 0.678136766 "0.68"
0 7 1.023030221 "1.0"
1 7 0.9772091508 "0.98"
2 7 0.9714384079 "0.97"
3 7 0.9938960671 "0.99"
4 7 1.099982619 "1.1"
0 8 1.098680198 "1.1"
1 8 1.071891725 "1.1"
2 8 1.096554875 "1.1"
3 8 1.075562954 "1.1"
e

$missing1 << e
6 5
6 6
5 7
6 7
4 8
5 8
6 8
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
  set terminal pngcairo size 1640,1044 enhanced font 'Inter,11' fontscale 2 \
    linewidth 3.2 pointscale 2.2 background rgb page
  set output theme eq 'light' ? 'width_depth_heatmaps.png' : 'width_depth_heatmaps-dark.png'

  set label '{/:Bold One learning rate, 63 sizes}' at screen 0.0195122, screen 0.956897 font ',14' textcolor rgb ink
  set label 'loss after 500 steps, median of 8 seeds or of 3; learning rate 0.1' at screen 0.0195122, screen 0.909004 textcolor rgb grey
  set palette defined (0 '#440154', 1 '#482878', 2 '#3e4989', \
    3 '#31688e', 4 '#26828e', 5 '#1f9e89', 6 '#35b779', 7 '#6ece58', 8 '#b5de2b', 9 '#fde725')
  unset border
  unset key
  set minussign
  set multiplot

  set lmargin at screen 0.08112439024; set rmargin at screen 0.8323439024; set tmargin at screen 0.8505747126; set bmargin at screen 0.1264367816
  set xrange [-0.5:7-0.5]; set yrange [-0.5:9-0.5]
  set xtics ('16' 0, '32' 1, '64' 2, '128' 3, '256' 4, '512' 5, '1024' 6) scale 0 font ',11' textcolor rgb ink
  set ytics ('2' 0, '3' 1, '4' 2, '6' 3, '8' 4, '12' 5, '16' 6, '24' 7, '32' 8) scale 0 textcolor rgb ink
  set xlabel 'width n' offset 0,0.2 textcolor rgb ink
  set label 'depth D' at screen 0.0243902, screen 0.488506 center rotate textcolor rgb ink
  set logscale cb 10
  set cbtics ('' 0.003 1, '' 0.004 1, '' 0.005 1, '' 0.006 1, '' 0.007 1, '' 0.008 1, '' 0.009 1, '10^{−2}' 0.01 0, '' 0.02 1, '' 0.03 1, '' 0.04 1, '' 0.05 1, '' 0.06 1, '' 0.07 1, '' 0.08 1, '' 0.09 1, '10^{−1}' 0.1 0, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '10^{0}' 1 0)
  set cbrange [0.002483880497:1.597729206]
  set colorbox vertical user noborder origin screen 0.856734, screen 0.126437 size screen 0.01951219512, screen 0.724137931
  set cbtics scale 0 offset -0.3,0 textcolor rgb ink

  plot $cells1 using 1:2:(0.4886363636):(0.4761904762):($3 > 0 ? $3 : 0.002483880497) with boxxyerror lc palette fs solid noborder, \
    $cells1 using 1:2:4:($3 < 0.06299657462 ? 0xffffff : 0x0d1117) with labels textcolor rgb variable font ',10', \
    $missing1 using 1:2:(0.4886363636):(0.4761904762) with boxxyerror lc rgb grid fs solid noborder, \
    $missing1 using 1:2:('∞') with labels textcolor rgb grey font ',10'
  unset label; unset xlabel
  unset multiplot
}
