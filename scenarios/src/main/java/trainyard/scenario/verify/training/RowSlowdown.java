package trainyard.scenario.verify.training;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a source says of the state of its machine at the time of a row, which no column tells. */
final class RowSlowdown {

    /**
     * BigScience, chronicles-prequel.md, above the first table of 25 February 2022: the "PCI-Express/NUMA" of the A100 nodes
     * was improved on that day, so that all runs are 1 to 5 % faster than those before. The middle is taken.
     */
    private static final double BEFORE_IMPROVED_NODES = 1.03;

    /** The line of the first run after it. */
    private static final int FIRST_IMPROVED_LINE = 775;

    private static final Pattern LINE = Pattern.compile("chronicles-prequel\\.md line (\\d{1,6})\\b");

    private RowSlowdown() {}

    /** Step time over that of the machine in good order, at least 1. */
    static double of(RowCells cells) {
        Matcher line = LINE.matcher(cells.words("source_ref"));
        boolean before = line.find() && Integer.parseInt(line.group(1)) < FIRST_IMPROVED_LINE;
        return before && cells.words("gpu").startsWith("a100") ? BEFORE_IMPROVED_NODES : 1;
    }
}
