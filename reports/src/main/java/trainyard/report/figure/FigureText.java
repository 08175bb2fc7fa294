package trainyard.report.figure;

/**
 * The words around a figure.
 *
 * @param title what is shown, short enough for one line
 * @param caption the reading: what the reader should see in the figure
 * @param altText what the figure shows, for a reader who cannot see it
 * @param dataSource where the data come from, for example "simulated, 50 replications, seed 1"
 */
public record FigureText(String title, String caption, String altText, String dataSource) {

    public FigureText {
        Require.text(title, "title");
        Require.text(caption, "caption of '" + title + "'");
        Require.text(altText, "alt text of '" + title + "'");
        Require.text(dataSource, "data source of '" + title + "'");
    }
}
