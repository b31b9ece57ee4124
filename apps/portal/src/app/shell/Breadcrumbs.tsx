import { Link } from 'react-router';
import { useCurrentPage } from '../../lib/page/page-identity.ts';
import styles from './Breadcrumbs.module.css';

/** The way to this page. */
export function Breadcrumbs() {
  const { crumbs } = useCurrentPage();
  return (
    <nav aria-label="Breadcrumb" className={styles.breadcrumbs}>
      <ol className={styles.list}>
        {crumbs.map(({ label, to }, index) => (
          <li key={index} className={styles.item}>
            {to === undefined ? (
              <span className={styles.current} aria-current="page" title={label}>
                {label}
              </span>
            ) : (
              <Link to={to} className={styles.link}>
                {label}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
