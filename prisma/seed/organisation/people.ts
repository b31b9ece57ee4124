import { dissolvedTeam } from './teams.ts';
import type { Person } from './model.ts';

/** Name, role. The login follows from the name. */
type Member = readonly [displayName: string, role: string];

/** Sixty invented people by the group that they are in; the first of a team leads it. */
const members: Readonly<Record<string, readonly Member[]>> = {
  'money-movement': [['Ingrid Halvorsen-Pike', 'Head of Money Movement']],
  'banking-products': [['Tobias Wendelroth', 'Head of Banking Products']],
  'customer-and-trust': [['Amara Oyelowu', 'Head of Customer and Trust']],
  'engineering-foundations': [['Ruth Castellmare', 'Head of Engineering Foundations']],
  'payments-core': [
    ['Marek Dvorsky', 'Engineering lead'],
    ['Yuki Tanemori', 'Staff engineer'],
    ['Leila Barzani-Holt', 'Software engineer'],
    ['Oisin Kerrigan', 'Software engineer'],
    ['Priya Raghunath', 'Product manager'],
  ],
  'bank-connectivity': [
    ['Henrike Vossen', 'Engineering lead'],
    ['Mateus Albarran', 'Software engineer'],
    ['Sunniva Tveit', 'Software engineer'],
    ['Kwabena Asare-Doyle', 'Payments specialist'],
  ],
  cards: [
    ['Noor Haddadin', 'Engineering lead'],
    ['Emil Strandvik', 'Staff engineer'],
    ['Chiara Belvedotti', 'Software engineer'],
    ['Tomasz Zielonka', 'Software engineer'],
    ['Grace Muthoni-Reid', 'Product manager'],
  ],
  merchants: [
    ['Lucien Marchetaux', 'Engineering lead'],
    ['Hana Petrikova', 'Software engineer'],
    ['Dara Okonjwe', 'Software engineer'],
    ['Freya Lindgaard', 'Product manager'],
  ],
  ledger: [
    ['Annelies Droogmans', 'Engineering lead'],
    ['Viktor Ostrowsky', 'Staff engineer'],
    ['Meera Jayasundar', 'Software engineer'],
    ['Callum Braithmoor', 'Software engineer'],
    ['Sofia Andreaskou', 'Accountant'],
  ],
  lending: [
    ['Rafael Quintanar', 'Engineering lead'],
    ['Ebba Norrgren', 'Software engineer'],
    ['Jun Hashigawa', 'Data scientist'],
    ['Nadia Benchekri', 'Software engineer'],
    ['Owen Tregarth', 'Product manager'],
  ],
  treasury: [
    ['Katarzyna Wronska', 'Engineering lead'],
    ['Idris Falconer-Bey', 'Quantitative analyst'],
    ['Maren Oldeschulte', 'Software engineer'],
    ['Paolo Ghirlanda', 'Reporting specialist'],
  ],
  onboarding: [
    ['Saoirse Mulvenna', 'Engineering lead'],
    ['Adaeze Nwachinem', 'Staff engineer'],
    ['Felix Baumgarth', 'Software engineer'],
    ['Linh Trandang', 'Software engineer'],
    ['Julia Sandoval-Ek', 'Product manager'],
  ],
  channels: [
    ['Zofia Kalinka', 'Engineering lead'],
    ['Bram Terhorst', 'iOS engineer'],
    ['Isabel Carrasquero', 'Android engineer'],
    ['Minh Anh Lethuy', 'Web engineer'],
    ['Elodie Fontanier', 'Designer'],
  ],
  'financial-crime': [
    ['Gareth Pendrys', 'Engineering lead'],
    ['Samira Tahmasi', 'Data scientist'],
    ['Anton Bergstrale', 'Software engineer'],
    ['Ifeoma Udekwe', 'Investigations lead'],
  ],
  'data-platform': [
    ['Dilara Aksoylu', 'Engineering lead'],
    ['Stefan Hollerbach', 'Data engineer'],
    ['Wanjiru Kamanthe', 'Data engineer'],
    ['Theo Papadiamantis', 'Analytics engineer'],
    ['Rosa Villafranca', 'Product manager'],
  ],
  platform: [
    ['Jonas Eikeland', 'Engineering lead'],
    ['Beatriz Monsanto-Lua', 'Staff engineer'],
    ['Ravi Chandrasekhar-Webb', 'Site reliability engineer'],
    ['Mila Jovanovska', 'Software engineer'],
    ['Petra Schiefelbusch', 'Product manager'],
  ],
};

/** Moved here from a team that is gone, and still says so. */
const stillInDissolvedTeam = 'dara.okonjwe';

/** Everybody, in the order above. */
export const people: readonly Person[] = Object.entries(members).flatMap(([group, list]) =>
  list.map(([displayName, role]) => {
    const name = loginOf(displayName);
    const memberOf = name === stillInDissolvedTeam ? [group, dissolvedTeam] : [group];
    return { name, displayName, role, memberOf };
  }),
);

/** First and last word of the name: `Minh Anh Lethuy` → `minh.lethuy`. */
function loginOf(displayName: string): string {
  const words = displayName.toLowerCase().split(' ');
  return `${words[0]}.${words.at(-1)}`;
}
