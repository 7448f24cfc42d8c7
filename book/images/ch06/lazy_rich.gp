# Redraw lazy_rich.png and lazy_rich-dark.png with: gnuplot lazy_rich.gp
set encoding utf8

# β = 1/2: NTK lazy
$data1 << e
128 0.08863473249
256 0.06482883264
512 0.04551861771
1024 0.03335785453
2048 0.02350050866
e

# continued
$data2 << e
128 0.07438265313 0.1105972413
256 0.0593802563 0.07328384859
512 0.03975204442 0.04772934111
1024 0.03205767628 0.03546627681
2048 0.0223993986 0.02420259823
e

# continued
$data3 << e
128 0.08863473249
256 0.06267422039
512 0.04431736624
1024 0.03133711019
2048 0.02215868312
e

# β = 3/4
$data4 << e
128 0.08863473249
256 0.07598381379
512 0.06324841401
1024 0.05493258816
2048 0.0462049682
e

# continued
$data5 << e
128 0.07438265313 0.1105972413
256 0.06973725249 0.08561190843
512 0.0552104113 0.06618921986
1024 0.0527867535 0.05815906518
2048 0.04389980189 0.04750061612
e

# continued
$data6 << e
128 0.08863473249
256 0.07453262881
512 0.06267422039
1024 0.05270252725
2048 0.04431736624
e

# β = 1: µP rich
$data7 << e
128 0.08863473249
256 0.08870693057
512 0.08695990927
1024 0.08874894485
2048 0.08795762265
e

# continued
$data8 << e
128 0.07438265313 0.1105972413
256 0.08259297743 0.09910232413
512 0.07642089997 0.09103928512
1024 0.08518372503 0.0942130784
2048 0.08361791985 0.09029357167
e

# continued
$data9 << e
128 0.08863473249
256 0.08863473249
512 0.08863473249
1024 0.08863473249
2048 0.08863473249
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
  set terminal pngcairo size 1640,960 enhanced font 'Inter,11' fontscale 2 \
    linewidth 3.2 pointscale 2.2 background rgb page
  set output theme eq 'light' ? 'lazy_rich.png' : 'lazy_rich-dark.png'

  set label '{/:Bold The same loss, by features or without}' at screen 0.0195122, screen 0.953125 font ',14' textcolor rgb ink
  set label 'until the loss is a tenth of its start; mean and range of 8 seeds; dashed: derived' at screen 0.0195122, screen 0.901042 textcolor rgb grey
  set lmargin at screen 0.09756097561; set rmargin at screen 0.8615573171; set tmargin at screen 0.8375; set bmargin at screen 0.1375
  set border 3 lc rgb grey lw 0.6
  set tics nomirror out scale 0.6,0.3 textcolor rgb ink
  set grid ytics lt 1 lc rgb grid lw 0.5
  set minussign
  unset key
  set logscale x 2
  set xtics ('2^{7}' 128 0, '2^{8}' 256 0, '2^{9}' 512 0, '2^{10}' 1024 0, '2^{11}' 2048 0)
  set xrange [128:2048]
  set logscale y 2
  set ytics ('2^{−5}' 0.03125 0, '2^{−4}' 0.0625 0)
  set yrange [0.02044720398:0.1198544909]
  set label 'change of h_L, relative' at screen 0.0243902, screen 0.4875 center rotate textcolor rgb ink
  set xlabel 'width n' offset 0,0.2 textcolor rgb ink
  set label 'β = 1/2: NTK' at graph 1.019154734, graph 0.1084620726 front textcolor rgb color[1]
  set label 'lazy' at graph 1.019154734, graph 0.04893826304 front textcolor rgb grey
  set label 'β = 3/4' at graph 1.019154734, graph 0.4609965495 front textcolor rgb color[2]
  set label 'β = 1: µP' at graph 1.019154734, graph 0.8547915104 front textcolor rgb color[3]
  set label 'rich' at graph 1.019154734, graph 0.7952677009 front textcolor rgb grey

  plot $data2 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[1], \
    $data5 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[2], \
    $data8 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[3], \
    $data1 using 1:2 with lines lc rgb color[1], \
    $data3 using 1:2 with lines dt (16,10) lc rgb color[1], \
    $data4 using 1:2 with lines lc rgb color[2], \
    $data6 using 1:2 with lines dt (16,10) lc rgb color[2], \
    $data7 using 1:2 with lines lc rgb color[3], \
    $data9 using 1:2 with lines dt (16,10) lc rgb color[3]
}
