import './app/browser-policy.ts';
import '@fontsource-variable/inter/wght.css';
import '@waymark/ui/mantine.css';
import '@mantine/notifications/styles.layer.css';
import '@waymark/ui/tokens.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root element.');
createRoot(root).render(<App />);
