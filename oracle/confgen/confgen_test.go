package confgen_test

import (
	"math/rand/v2"
	"path"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/runwisp/runwisp/oracle/confgen"
)

func TestSameSeedSameConfig(t *testing.T) {
	distinct := map[string]bool{}
	for seed := range uint64(200) {
		first, second := rand.New(rand.NewPCG(1, seed)), rand.New(rand.NewPCG(1, seed))
		if diff := cmp.Diff(confgen.Environ(first), confgen.Environ(second)); diff != "" {
			t.Fatalf("seed %d gives two environments:\n%s", seed, diff)
		}
		config := confgen.New(first)
		if diff := cmp.Diff(config, confgen.New(second)); diff != "" {
			t.Fatalf("seed %d gives two configurations:\n%s", seed, diff)
		}
		distinct[config.Files[config.Main]] = true
	}
	if len(distinct) < 190 {
		t.Errorf("200 seeds give %d main files", len(distinct))
	}
}

func TestFilesStayBelowTheirDirectory(t *testing.T) {
	for seed := range uint64(500) {
		config := confgen.New(rand.New(rand.NewPCG(2, seed)))
		if _, ok := config.Files[config.Main]; !ok {
			t.Fatalf("seed %d: no main file %q", seed, config.Main)
		}
		for name := range config.Files {
			if path.IsAbs(name) || path.Clean(name) != name {
				t.Fatalf("seed %d: file %q", seed, name)
			}
		}
	}
}
