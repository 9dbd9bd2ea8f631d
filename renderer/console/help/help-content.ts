/** The texts of the help screen: tasks for the four kinds of users, and answers. Only what this version does. */

export interface HelpTask {
  readonly title: string;
  readonly text: string;
  readonly to?: { readonly path: string; readonly label: string };
  readonly command?: string;
}

export interface Audience {
  readonly id: string;
  readonly label: string;
  readonly intro: string;
  readonly tasks: readonly HelpTask[];
}

export const audiences: readonly Audience[] = [
  {
    id: 'developers',
    label: 'Developers',
    intro:
      'The whole platform runs on this machine. Every request says which store it reached, why, and the SQL it caused.',
    tasks: [
      {
        title: 'See why a request reached a store',
        text: 'Open a request: the ladder shows the five rules in order, what each looked at, and why it lost or won.',
        to: { path: '/requests', label: 'Requests' },
      },
      {
        title: 'See the SQL and where the time went',
        text: 'The Timeline tab nests middleware and SQL; the SQL tab has statements, bound values, rows and milliseconds.',
        to: { path: '/requests', label: 'Requests' },
      },
      {
        title: 'Send it again as somebody else',
        text: 'Resend repeats a request; Send as does so as another store, role, mode or theme. What differs stands side by side.',
        to: { path: '/requests', label: 'Requests' },
      },
      {
        title: 'Ask before you send',
        text: 'Type any URL, host or X-Store-ID. The same resolver that answers requests explains it; nothing is sent.',
        to: { path: '/routing', label: 'Routing' },
      },
      {
        title: 'Run on Postgres, or keep stores apart in another way',
        text: 'Five backends side by side. A move copies every store, compares every table and keeps the old one until you drop it.',
        to: { path: '/backends', label: 'Backends' },
      },
      {
        title: 'Let every program find the stores',
        text: 'Names tries each name in browsers, curl and other programs, writes the hosts file and switches HTTPS on.',
        to: { path: '/names', label: 'Names' },
      },
      {
        title: 'Use the command line',
        text: 'Everything here also works in a terminal, with --format json for programs.',
        command: 'npx orion --help',
      },
      {
        title: 'Use the API',
        text: 'The console itself runs on it. It is described as OpenAPI 3.1.',
        command: '/api/openapi.json',
      },
    ],
  },
  {
    id: 'qa',
    label: 'QA',
    intro: 'Each store has its own data. Check that no name, path or header leads to the wrong one.',
    tasks: [
      {
        title: 'Try the names that must not work',
        text: 'Unknown subdomains, names with a store inside, addresses instead of names: the what-if box says what each gets.',
        to: { path: '/routing', label: 'Routing' },
      },
      {
        title: 'Keep a list of URLs that must lead where they lead',
        text: 'Paste them as checks; the same list runs in CI with a JUnit report.',
        to: { path: '/routing?view=checks', label: 'Checks' },
      },
      {
        title: 'Look at what really happened',
        text: 'Filter requests by store, mode and status. Each can be linked: the address of the screen holds the filters.',
        to: { path: '/requests?status=4xx', label: 'Refused requests' },
      },
      {
        title: 'Check the scope of the SQL',
        text: 'The SQL tab marks the predicate that keeps a statement inside its store.',
        to: { path: '/requests', label: 'Requests' },
      },
      {
        title: 'Close a store and look',
        text: 'A closed store answers 503 on every name; its data stays. Open it again from its page.',
        to: { path: '/stores', label: 'Stores' },
      },
    ],
  },
  {
    id: 'designers',
    label: 'Designers',
    intro: 'See a design on real content: several stores, several widths, side by side.',
    tasks: [
      {
        title: 'Compare two stores',
        text: 'Each pane has a store, a page and a width. One path for both shows the same page in each.',
        to: { path: '/preview', label: 'Preview' },
      },
      {
        title: 'Look at three widths at once',
        text: 'Phone, tablet and desktop beside each other: 360, 768 and 1280 pixels.',
        to: { path: '/preview', label: 'Preview' },
      },
      {
        title: 'Set a colour and a logo',
        text: 'A store takes PNG, JPEG, WebP, AVIF, GIF or SVG. The change shows in open previews after a reload of the pane.',
        to: { path: '/stores', label: 'Stores' },
      },
    ],
  },
  {
    id: 'demos',
    label: 'Demos',
    intro: "A prospective owner's brand becomes a shop in a minute.",
    tasks: [
      {
        title: 'Make their shop',
        text: 'Name, colour and logo; a demo catalogue gives it goods. The miniature follows while you type.',
        to: { path: '/stores?create=1', label: 'Create store' },
      },
      {
        title: 'Show it on every screen',
        text: 'Phone, tablet and desktop in one picture.',
        to: { path: '/preview', label: 'Preview' },
      },
      {
        title: 'Show their own domain',
        text: 'A store’s Domains tab shows the owner’s wizard. The DNS for rehearsals plays what goes wrong on the way; in this window the domain works at once.',
        to: { path: '/names/dns', label: 'Rehearsal DNS' },
      },
      {
        title: 'Clean up afterwards',
        text: 'A deleted store can be brought back for seven days, then it is gone.',
        to: { path: '/stores', label: 'Stores' },
      },
    ],
  },
];

export interface Answer {
  readonly question: string;
  readonly answer: string;
  readonly command?: string;
}

export const answers: readonly Answer[] = [
  {
    question: 'A store’s name does not resolve',
    answer:
      'Names below .localhost work by themselves in Chrome, Edge, Firefox and this window. For Safari, curl and other programs this command writes them to the hosts file; the Names screen shows the change first.',
    command: 'npx orion hosts sync',
  },
  {
    question: 'The browser warns about the certificate',
    answer:
      'Certificates come from an authority of this machine’s own. The Certificates tab of Names says who trusts it and lets each browser do so; this command does it for all of them.',
    command: 'npx orion cert trust',
  },
  {
    question: 'The wrong store answered, or none',
    answer:
      'Open the request on the Requests screen and read its ladder, or paste the URL on the Routing screen. Each rule says what it looked at.',
  },
  {
    question: 'The port is taken',
    answer:
      'Without a port Orion Studio takes 8000 or the next free one; with --port it stops. The doctor names the program that holds a port.',
    command: 'npm start -- --port 8100',
  },
  {
    question: 'The sign-in link was used already',
    answer: 'Each link works once. This command makes a new one.',
    command: 'npx orion console',
  },
  {
    question: 'A store was deleted by mistake',
    answer: 'Stores, then the state Deleted, then Restore. Its data is kept for seven days.',
    command: 'npx orion store restore CODE',
  },
  {
    question: 'The server does not answer',
    answer:
      'The desktop window starts it again by itself and this page continues. In a terminal, look at its last lines; what you typed in the console stays.',
  },
  {
    question: 'Where is the data?',
    answer:
      'In the data folder, named at the foot of the Overview: a platform database, a database a store (or shared tables), and pictures. Copy the folder while the server is stopped to keep everything.',
  },
];
