package trainyard.scenario.source;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that a user probably meant, by edit distance. */
public final class Nearest {

    private static final int MAX_WORD = 80;

    private Nearest() {}

    /** The candidate with the fewest edits, if few enough that it is probably meant. */
    public static Optional<String> of(String written, Collection<String> candidates) {
        if (written.length() > MAX_WORD) {
            return Optional.empty();
        }
        String wanted = simplify(written);
        int limit = Math.max(1, wanted.length() / 3);
        return candidates.stream()
                .filter(candidate -> distance(wanted, simplify(candidate)) <= limit)
                .min(Comparator.<String>comparingInt(candidate -> distance(wanted, simplify(candidate)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** {@code did you mean 'x'?}, or nothing when no candidate is near. */
    public static String hint(String written, Collection<String> candidates) {
        return of(written, candidates)
                .map(candidate -> "did you mean '" + candidate + "'?")
                .orElse("");
    }

    private static String simplify(String word) {
        return word.toLowerCase(Locale.ROOT).replace('_', '-').replace(' ', '-');
    }

    /** Levenshtein distance, with a swap of neighbours counted as one edit (optimal string alignment). */
    static int distance(String a, String b) {
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : step(edits, a, b, i, j);
            }
        }
        return edits[a.length()][b.length()];
    }

    private static int step(int[][] edits, String a, String b, int i, int j) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(edits[i - 1][j - 1] + change, Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, edits[i - 2][j - 2] + 1) : best;
    }
}
