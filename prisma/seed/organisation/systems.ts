import { bankRails } from './payments/bank-rails.ts';
import { openBanking } from './payments/open-banking.ts';
import { paymentOrchestration } from './payments/payment-orchestration.ts';
import { checkout } from './merchant-services/checkout.ts';
import { merchantPayouts } from './merchant-services/merchant-payouts.ts';
import { cardAuthorisation } from './cards/card-authorisation.ts';
import { cardIssuing } from './cards/card-issuing.ts';
import { disputes } from './cards/disputes.ts';
import { accounts } from './core-banking/accounts.ts';
import { generalLedger } from './core-banking/general-ledger.ts';
import { statements } from './core-banking/statements.ts';
import { loanOrigination } from './lending/loan-origination.ts';
import { loanServicing } from './lending/loan-servicing.ts';
import { foreignExchange } from './treasury/foreign-exchange.ts';
import { liquidity } from './treasury/liquidity.ts';
import { regulatoryReporting } from './treasury/regulatory-reporting.ts';
import { customerOnboarding } from './customer/customer-onboarding.ts';
import { customerProfile } from './customer/customer-profile.ts';
import { digitalBanking } from './customer/digital-banking.ts';
import { notifications } from './customer/notifications.ts';
import { fraudDetection } from './risk/fraud-detection.ts';
import { sanctionsScreening } from './risk/sanctions-screening.ts';
import { dataPlatform } from './foundations/data-platform.ts';
import { developerPlatform } from './foundations/developer-platform.ts';
import { identityAndAccess } from './foundations/identity-and-access.ts';
import type { System } from './model.ts';

/** All systems: one repository each. */
export const systems: readonly System[] = [
  bankRails,
  openBanking,
  paymentOrchestration,
  checkout,
  merchantPayouts,
  cardAuthorisation,
  cardIssuing,
  disputes,
  accounts,
  generalLedger,
  statements,
  loanOrigination,
  loanServicing,
  foreignExchange,
  liquidity,
  regulatoryReporting,
  customerOnboarding,
  customerProfile,
  digitalBanking,
  notifications,
  fraudDetection,
  sanctionsScreening,
  dataPlatform,
  developerPlatform,
  identityAndAccess,
];
