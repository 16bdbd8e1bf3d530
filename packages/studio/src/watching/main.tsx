import '@gankit/page-kit/styles.css'
import '../style/studio.css'
