package trainyard.scenario.chart;

import trainyard.report.figure.FigureText;
import trainyard.scenario.study.StudyResult;

/** The words around figures. */
final class Words {

    private Words() {}

    static FigureText of(String title, String caption, StudyResult result) {
        int cells = result.grid().size();
        String source = "simulated" + (cells == 1 ? "" : ", " + cells + " cells") + ", seed "
                + result.study().scenario().seed();
        return new FigureText(capital(title), capital(caption), capital(title) + ". " + capital(caption), source);
    }

    static String capital(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
