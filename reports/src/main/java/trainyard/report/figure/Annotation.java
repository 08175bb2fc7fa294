package trainyard.report.figure;

/**
 * A remark at one point of a chart.
 *
 * @param x position in units of the x axis
 * @param y position in units of the y axis
 * @param label the remark
 */
public record Annotation(double x, double y, String label) {

    public Annotation {
        Require.text(label, "annotation");
        Require.finite(x, "x of annotation '" + label + "'");
        Require.finite(y, "y of annotation '" + label + "'");
    }

    void check(Axis xAxis, Axis yAxis) {
        xAxis.check(x, "annotation '" + label + "'");
        yAxis.check(y, "annotation '" + label + "'");
    }
}
