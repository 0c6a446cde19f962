/** The style sheet of the page for websites: small, light and dark, for screens and paper. */
export const WEB_STYLE = `
:root{color-scheme:light dark;--ink:#1f2328;--soft:#57606a;--line:#d0d7de;--paper:#fff;--tint:#f3f5f7;--accent:#a3322a;
--red:#b42318;--amber:#8a5a00;--green:#1a6b3c;--blue:#175cb5;--m-yellow:#fff3b0;--m-red:#ffdcd6;--m-green:#d5f2dc;--m-blue:#d6e8fb}
@media (prefers-color-scheme:dark){:root{--ink:#e6e9ed;--soft:#a3abb4;--line:#3b424a;--paper:#16191d;--tint:#20252b;--accent:#f0938a;
--red:#ff9b8f;--amber:#f2c166;--green:#8ed6a6;--blue:#8fc0ff;--m-yellow:#5a4b00;--m-red:#5f231c;--m-green:#1d4a2d;--m-blue:#1c3d63}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:17px/1.8 "PingFang SC","Microsoft YaHei","Noto Sans SC",sans-serif}
article{max-width:42em;margin:0 auto;padding:2em 1.2em 4em;overflow-wrap:anywhere}
h1,h2,h3,h4{line-height:1.4;margin:2em 0 .6em}
article>header h1{margin:.2em 0 .4em;font-size:1.75em}
h2{font-size:1.35em}h3{font-size:1.15em}h4{font-size:1em}
p,ul,ol,dl,table,figure,blockquote,aside{margin:0 0 1em}
a{color:var(--blue)}
header p,.sources,figcaption,.notes,.note{color:var(--soft);font-size:.9em}
figure img,.portrait,.code svg,.code img{max-width:100%;height:auto;display:block;margin:0 auto}
figcaption{text-align:center;margin-top:.4em}
blockquote{border-left:4px solid var(--line);padding-left:1em;color:var(--soft)}
.pull{border:0;border-top:2px solid var(--accent);border-bottom:2px solid var(--accent);padding:1em 0;color:var(--ink);font-size:1.25em;text-align:center}
.pull footer{font-size:.72em;color:var(--soft)}
table{border-collapse:collapse;width:100%}
th,td{border:1px solid var(--line);padding:.4em .6em;vertical-align:top;text-align:left}
th{background:var(--tint)}
td p,th p,li p{margin:0}
.row{display:grid;grid-template-columns:repeat(auto-fit,minmax(9em,1fr));gap:.6em}
.slider{display:flex;gap:.6em;overflow-x:auto}.slider figure{flex:0 0 80%}
aside{background:var(--tint);border-radius:6px;padding:1em}
aside>:last-child{margin-bottom:0}
.warning{border-left:4px solid var(--red)}.tip{border-left:4px solid var(--green)}.info{border-left:4px solid var(--blue)}
.person{display:flow-root}.portrait{float:left;width:7em;margin:0 1em .4em 0}
.data{display:grid;grid-template-columns:repeat(auto-fit,minmax(7em,1fr));gap:1em;text-align:center}
.data div{display:flex;flex-direction:column-reverse}
.data dd{margin:0;font-size:1.6em;font-weight:700;color:var(--accent)}.data dt{color:var(--soft);font-size:.9em}
.qa dt{font-weight:700}.qa dd{margin:0 0 1em 0}
.steps>li{margin-bottom:.8em}
.code{text-align:center}.code svg,.code img{width:9em;background:#fff}
.ai-label{font-size:.8em;color:var(--soft);border:1px solid var(--line);border-radius:3px;padding:0 .3em}
.draft{background:var(--red);color:var(--paper);text-align:center;padding:.2em;font-weight:700}
.center{text-align:center}.right{text-align:right}.justify{text-align:justify}
.c-accent{color:var(--accent)}.c-muted{color:var(--soft)}.c-red{color:var(--red)}.c-amber{color:var(--amber)}.c-green{color:var(--green)}.c-blue{color:var(--blue)}
mark{color:inherit;background:var(--m-yellow)}.m-red{background:var(--m-red)}.m-green{background:var(--m-green)}.m-blue{background:var(--m-blue)}
rt{font-size:.6em}
@media print{:root{color-scheme:light;--ink:#000;--paper:#fff;--soft:#444;--line:#999;--tint:#fff;--blue:#000;--accent:#000}
body{font-size:11pt}article{max-width:none;padding:0}figure,aside,blockquote,tr{break-inside:avoid}h2,h3,h4{break-after:avoid}
.slider{flex-wrap:wrap;overflow:visible}a[href^=http]::after{content:"（" attr(href) "）";font-size:.8em}}
`;
