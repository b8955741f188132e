import './styles/base.css';
import './styles/shell.css';
import './app/sluice-app';
