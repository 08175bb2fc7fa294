package trainyard.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A table of words.
 *
 * @param columns headings
 * @param rows as many cells each
 */
record Listing(List<String> columns, List<List<String>> rows) {

    /** Characters of a line that a wide terminal still shows. */
    static final int LINE = 130;

    Listing {
        columns = List.copyOf(columns);
        rows = rows.stream().<List<String>>map(List::copyOf).toList();
    }

    /** Columns in line, headings first where there are any. */
    String text() {
        StringBuilder out = new StringBuilder();
        if (!String.join("", columns).isEmpty()) {
            append(out, columns);
        }
        rows.forEach(row -> append(out, row));
        return out.toString();
    }

    /**
     * The same in blocks under each other, as many columns in each as a line holds; the first column heads each of them.
     *
     * @param groups headings of the columns that stay beside the one before them
     */
    String folded(Set<String> groups) {
        StringBuilder out = new StringBuilder();
        List<Integer> block = new ArrayList<>(List.of(0));
        for (int from = 1; from < columns.size(); ) {
            int to = from + 1;
            while (to < columns.size() && groups.contains(columns.get(to))) {
                to++;
            }
            List<Integer> group = IntStream.range(from, to).boxed().toList();
            if (block.size() > 1 && width(block) + width(group) > LINE) {
                out.append(of(block).text()).append('\n');
                block = new ArrayList<>(List.of(0));
            }
            block.addAll(group);
            from = to;
        }
        return out.append(of(block).text()).toString();
    }

    /** What some columns take, with two spaces behind each. */
    private int width(List<Integer> some) {
        return some.stream().mapToInt(column -> width(column) + 2).sum();
    }

    private Listing of(List<Integer> some) {
        return new Listing(
                some.stream().map(columns::get).toList(),
                rows.stream().map(row -> some.stream().map(row::get).toList()).toList());
    }

    private void append(StringBuilder out, List<String> row) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            int width = width(i);
            line.append(row.get(i));
            line.append(" ".repeat(Math.max(0, width - row.get(i).length()) + 2));
        }
        out.append(line.toString().stripTrailing()).append('\n');
    }

    private int width(int column) {
        int width = columns.get(column).length();
        for (List<String> row : rows) {
            width = Math.max(width, row.get(column).length());
        }
        return width;
    }
}
