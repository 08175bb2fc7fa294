package trainyard.report.html;

import java.util.List;
import java.util.Locale;
import trainyard.report.document.VariantTable;
import trainyard.report.document.VariantTable.Better;
import trainyard.report.document.VariantTable.Variant;
import trainyard.report.figure.Estimate;
import trainyard.report.format.Numbers;

/**
 * One table of variants as the template needs it.
 *
 * @param metric heading
 * @param better "lower", "higher" or empty
 * @param heading metric with unit
 * @param rows one per variant
 */
record VariantSection(String metric, String better, String heading, List<Row> rows) {

    record Row(
            String name,
            boolean baseline,
            String value,
            String interval,
            String change,
            String changeInterval,
            String style) {}

    static VariantSection of(VariantTable table) {
        String better =
                table.better() == Better.NEITHER ? "" : table.better().name().toLowerCase(Locale.ROOT);
        String heading = table.unit().isBlank() ? table.metric() : table.metric() + " (" + table.unit() + ")";
        List<Row> rows = table.variants().stream()
                .map(variant -> row(variant, table.better()))
                .toList();
        return new VariantSection(table.metric(), better, heading, rows);
    }

    private static Row row(Variant variant, Better better) {
        Estimate ratio = variant.ratio();
        boolean plain = variant.baseline();
        return new Row(
                variant.name(),
                plain,
                value(variant.value()),
                variant.value().isExact() ? "" : Numbers.interval(variant.value()),
                plain ? "" : Numbers.relativeChange(ratio.value()),
                plain || ratio.isExact()
                        ? ""
                        : Numbers.relativeChange(ratio.low()) + " to " + Numbers.relativeChange(ratio.high()),
                plain ? "" : style(ratio, better));
    }

    /** As many decimals as the interval beside it. */
    private static String value(Estimate estimate) {
        String text = Numbers.withInterval(estimate);
        int interval = text.indexOf(" (");
        return interval < 0 ? text : text.substring(0, interval);
    }

    /** A difference is coloured only where it is seen and its interval does not include "no difference". */
    private static String style(Estimate ratio, Better better) {
        boolean unclear = better == Better.NEITHER
                || (ratio.low() <= 1 && ratio.high() >= 1)
                || Numbers.relativeChange(ratio.value()).equals(Numbers.relativeChange(1));
        if (unclear) {
            return "";
        }
        return (ratio.value() > 1) == (better == Better.HIGHER) ? "good" : "bad";
    }
}
