package runwisp_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/runwisp/runwisp/passes"
)

const module = "github.com/runwisp/runwisp"

// mayImport says which of our packages each of our packages imports. A package
// that is not listed fails the test: give it a room first.
var mayImport = map[string][]string{
	"ir/source":         {},
	"ir/diag":           {"internal/keytable", "ir/source"},
	"ir/schema":         {},
	"ir/guess":          {},
	"ir":                {"ir/source", "ir/diag"},
	"lexer":             {"ir/source"},
	"internal/byteset":  {},
	"internal/cores":    {},
	"internal/golden":   {},
	"internal/keytable": {},
	"internal/pages":    {},
	"internal/pyrune":   {},
	"internal/say":      {},
	"parser":            {"internal/cores", "internal/pages", "lexer", "ir/source", "ir/diag"},
	"passes":            {"passes/glob", "passes/percent", "passes/shell", "internal/byteset", "internal/cores", "internal/keytable", "internal/pages", "internal/say", "lexer", "parser", "ir", "ir/source", "ir/diag", "ir/schema", "ir/guess"},
	"passes/glob":       {"internal/pyrune"},
	"passes/percent":    {"internal/pyrune"},
	"passes/shell":      {"internal/byteset"},
	"emit":              {"internal/byteset", "ir", "ir/source", "ir/diag"},
	"emit/secret":       {"ir/source", "ir/diag"},
	"emit/html":         {"internal/say", "emit", "emit/secret", "ir/source", "ir/diag"},
	"emit/report":       {"internal/byteset", "internal/say", "emit", "emit/secret", "ir", "ir/source", "ir/diag"},
	"validate":          {"internal/say", "validate/toml", "ir/schema", "ir/source", "ir/diag", "ir/guess"},
	"validate/toml":     {"ir/source"},
	"oracle/confgen":    {},
	"internal/seeds":    {},
	"oracle":            {"passes", "ir", "ir/source", "ir/diag"},
	"memfs":             {},
	"":                  {"emit", "ir", "ir/source", "ir/diag", "passes", "oracle", "validate", "memfs"},
	"cmd/confgen":       {"oracle/confgen"},
	"cmd/runwisp":       {"", "internal/say", "emit", "emit/report", "emit/html", "ir/source", "ir/diag", "ir/schema", "ir/guess", "passes", "oracle", "validate"},
	"cmd/measure":       {"oracle", "oracle/confgen"},
}

// A goPackage is what "go list -json" says of a package.
type goPackage struct {
	Dir        string
	ImportPath string
	GoFiles    []string
	Imports    []string
}

func packages(t *testing.T) []goPackage {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=Dir,ImportPath,GoFiles,Imports", "./...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var list []goPackage
	for dec := json.NewDecoder(strings.NewReader(string(out))); dec.More(); {
		var p goPackage
		if err := dec.Decode(&p); err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
	return list
}

// room shortens an import path to the folder of the package.
func room(importPath string) (string, bool) {
	rest, ok := strings.CutPrefix(importPath, module)
	return strings.TrimPrefix(rest, "/"), ok
}

// eachFile calls look with each of our files, tests aside, and its room.
func eachFile(t *testing.T, look func(room, file string, tree *ast.File)) {
	t.Helper()
	for _, p := range packages(t) {
		name, _ := room(p.ImportPath)
		for _, file := range p.GoFiles {
			tree, err := parser.ParseFile(token.NewFileSet(), filepath.Join(p.Dir, file), nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			look(name, file, tree)
		}
	}
}

// TestContributingNamesEveryRoom: so that a reader knows what each is for.
func TestContributingNamesEveryRoom(t *testing.T) {
	text, err := os.ReadFile("CONTRIBUTING.md")
	if err != nil {
		t.Fatal(err)
	}
	for name := range mayImport {
		if name != "" && !strings.Contains(string(text), "`"+name+"`") {
			t.Errorf("CONTRIBUTING.md has no row for %s", name)
		}
	}
}

func TestImports(t *testing.T) {
	for _, p := range packages(t) {
		name, _ := room(p.ImportPath)
		allowed, ok := mayImport[name]
		if !ok {
			t.Errorf("package %q has no room", name)
		}
		for _, imported := range p.Imports {
			if other, ours := room(imported); ours && !slices.Contains(allowed, other) {
				t.Errorf("%q must not import %q", name, other)
			}
		}
		for _, other := range allowed {
			if !slices.Contains(p.Imports, path.Join(module, other)) {
				t.Errorf("%q may import %q, and has no need to", name, other)
			}
		}
	}
}

// TestOnlyTheCommandTouchesTheProcess: no other package ends the process,
// prints, or knows its streams and arguments.
func TestOnlyTheCommandTouchesTheProcess(t *testing.T) {
	forbidden := []string{
		"os.Exit", "os.Stdin", "os.Stdout", "os.Stderr", "os.Args",
		"fmt.Print", "fmt.Println", "fmt.Printf", "log.Fatal", "log.Print", "log.Printf",
	}
	eachFile(t, func(name, file string, tree *ast.File) {
		if strings.HasPrefix(name, "cmd/") {
			return
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if pkg, ok := sel.X.(*ast.Ident); ok && slices.Contains(forbidden, pkg.Name+"."+sel.Sel.Name) {
				t.Errorf("%s uses %s.%s", file, pkg.Name, sel.Sel.Name)
			}
			return true
		})
	})
}

// TestNothingIsCompiledBeforeMain: patterns and templates that a run may not
// need are compiled when it does.
func TestNothingIsCompiledBeforeMain(t *testing.T) {
	eachFile(t, func(_, file string, tree *ast.File) {
		ast.Inspect(tree, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl, *ast.FuncLit:
				return false // it runs later
			case *ast.SelectorExpr:
				if strings.HasPrefix(n.Sel.Name, "Must") {
					t.Errorf("%s calls %s before main", file, n.Sel.Name)
				}
			}
			return true
		})
	})
}

func TestPassOrder(t *testing.T) {
	var done []string
	for _, pass := range passes.Table() {
		for _, before := range pass.After {
			if !slices.Contains(done, before) {
				t.Errorf("pass %s runs before %s", pass.Name, before)
			}
		}
		if pass.Doc == "" || slices.Contains(done, pass.Name) {
			t.Errorf("pass %q needs a name of its own and a line of documentation", pass.Name)
		}
		done = append(done, pass.Name)
	}
}
