namespace Metamorph.Reporting;

/// <summary>How the report looks, light and dark, on a phone, a desk and paper.</summary>
internal static class ReportStyle
{
    public const string Css = """
        :root {
          --page: #f6f7f9; --card: #ffffff; --ink: #16202c; --soft: #5b6878; --line: #dfe4ea;
          --good: #13795b; --bad: #b3261e; --still: #8a5a00; --busy: #1f5fbf;
          --wait: #b9c2cd; --stop: #e0803a; --start: #2f74d0; --catch-up: #2a9d7f;
          font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --page: #0f141a; --card: #182029; --ink: #e7ecf2; --soft: #9aa7b6; --line: #2a3541;
            --good: #4cc38a; --bad: #ff8a80; --still: #f0b64a; --busy: #7cb0ff;
            --wait: #4a5766; --stop: #e58f50; --start: #5b96e6; --catch-up: #41b898;
          }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--ink); }
        main { max-width: 60rem; margin: 0 auto; padding: 2rem 1.25rem 3rem; }
        h1 { font-size: clamp(1.6rem, 5vw, 2.4rem); line-height: 1.15; margin: .15rem 0 .75rem; letter-spacing: -.02em; overflow-wrap: anywhere; }
        h1 .releases { font-weight: 400; color: var(--soft); white-space: nowrap; }
        h2 { font-size: 1.1rem; margin: 0 0 .9rem; }
        p { margin: 0 0 .4rem; }
        code { font: .9em/1.4 ui-monospace, "SF Mono", Menlo, "DejaVu Sans Mono", monospace; background: var(--page); border: 1px solid var(--line); border-radius: 4px; padding: .05em .35em; }
        section, .verdict, details { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 1.25rem 1.4rem; margin: 0 0 1.1rem; }
        .verdict { border-top: 5px solid var(--tone); padding-top: 1.1rem; }
        .good { --tone: var(--good); } .bad { --tone: var(--bad); } .still { --tone: var(--still); } .busy { --tone: var(--busy); }
        .kicker { color: var(--soft); font-size: .85rem; }
        .state { color: var(--tone); font-weight: 600; }
        .happened { font-size: 1.1rem; font-weight: 600; }
        .next { color: var(--soft); }
        .facts { display: flex; flex-wrap: wrap; gap: 1px; margin: 0 0 1.1rem; background: var(--line); border: 1px solid var(--line); border-radius: 12px; overflow: hidden; }
        .facts div { flex: 1 1 8.5rem; background: var(--card); padding: .9rem 1.1rem; }
        dt { color: var(--soft); font-size: .8rem; }
        dd { margin: .1rem 0 0; font-size: 1.05rem; font-weight: 600; font-variant-numeric: tabular-nums; }
        .wide { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; font-size: .92rem; font-variant-numeric: tabular-nums; }
        th, td { text-align: left; padding: .45rem .8rem .45rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
        thead th { color: var(--soft); font-weight: 500; font-size: .8rem; white-space: nowrap; }
        tbody tr:last-child > * { border-bottom: 0; }
        .number { text-align: right; white-space: nowrap; }
        .legend { display: flex; flex-wrap: wrap; gap: .3rem 1.1rem; list-style: none; padding: 0; margin: 0 0 .8rem; font-size: .82rem; color: var(--soft); }
        .legend i { display: inline-block; width: .8rem; height: .8rem; border-radius: 3px; margin-right: .4rem; vertical-align: -.08rem; }
        i.wait { background: var(--wait); } i.stop { background: var(--stop); } i.start { background: var(--start); } i.catch-up { background: var(--catch-up); }
        .timeline { margin: 0 0 1.1rem; }
        .lane { display: grid; grid-template-columns: 4.6rem 1fr; align-items: center; margin-bottom: .35rem; }
        .lane .name { font-size: .85rem; color: var(--soft); white-space: nowrap; }
        .lane .bar { position: relative; height: 1.35rem; background: var(--page); border-radius: 4px; overflow: hidden; }
        .lane .bar i { position: absolute; top: 0; bottom: 0; min-width: 2px; }
        .lane .bar u { position: absolute; top: 0; bottom: 0; border-left: 2px dotted var(--soft); opacity: .6; }
        .axis .bar { background: none; display: flex; justify-content: space-between; overflow: visible; font-size: .75rem; color: var(--soft); }
        .axis b { font-weight: 400; }
        .legend u { display: inline-block; height: .9rem; border-left: 2px dotted var(--soft); margin-right: .5rem; vertical-align: -.12rem; }
        .waits, .findings { list-style: none; padding: 0; margin: 0; }
        .waits > li, .findings > li { padding: .6rem 0; border-bottom: 1px solid var(--line); }
        .waits > li:last-child, .findings > li:last-child { border-bottom: 0; padding-bottom: 0; }
        .waits > li:first-child, .findings > li:first-child { padding-top: 0; }
        .waits ul { margin: .2rem 0 0; padding-left: 1.2rem; color: var(--soft); }
        .question { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; font-weight: 600; }
        .when { font-weight: 400; color: var(--soft); font-size: .88rem; font-variant-numeric: tabular-nums; }
        .tag { font-size: .75rem; font-weight: 600; border: 1px solid currentColor; border-radius: 99px; padding: .05rem .55rem; margin-right: .3rem; color: var(--busy); }
        .tag.warning { color: var(--still); } .tag.refusal { color: var(--bad); }
        summary { cursor: pointer; font-weight: 600; }
        details[open] summary { margin-bottom: .8rem; }
        .events { font-size: .85rem; }
        .events td:nth-child(3) { white-space: nowrap; }
        .events td:last-child { overflow-wrap: anywhere; min-width: 14rem; }
        footer { color: var(--soft); font-size: .8rem; overflow-wrap: anywhere; }
        @media (max-width: 34rem) { main { padding: 1rem .75rem 2rem; } section, .verdict, details { padding: 1rem; } }
        @media print { body { background: none; } section, .verdict { break-inside: avoid; } .lane .bar, .lane i, .legend i { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
        """;
}
