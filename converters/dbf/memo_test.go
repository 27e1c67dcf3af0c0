package dbf

import (
	"encoding/binary"
	"strings"
	"testing"

	"chasqui/converters/table"
	"chasqui/converters/table/tabletest"
)

// lying is what lies beside a table, by ending.
func lying(files map[string][]byte) func(string) table.Source {
	return func(ext string) table.Source {
		if content, ok := files[ext]; ok {
			return tabletest.Memory(content)
		}
		return nil
	}
}

func TestMemosAreReadFromTheFileBeside(t *testing.T) {
	for _, c := range []struct{ name, ext string }{{"memo3", ".dbt"}, {"memofp", ".fpt"}, {"memovfp", ".fpt"}} {
		beside := lying(map[string][]byte{c.ext: sample(t, c.name+c.ext)})
		got, err := render(sample(t, c.name+".dbf"), table.Options{Name: c.name + ".dbf", Beside: beside})
		if err != nil {
			t.Fatal(err)
		}
		tabletest.Golden(t, *update, "testdata/"+c.name+".golden", got)
	}
}

func TestMemosOfEachProgram(t *testing.T) {
	four := make([]byte, 1024+64) // dBase IV: blocks of 1,024 bytes, each memo with its length
	binary.LittleEndian.PutUint16(four[20:], 1024)
	copy(four[1024:], "\xff\xff\x08\x00\x10\x00\x00\x00en dBas\x82")
	three := append(make([]byte, 512), "uno\x1a\x1adespués"...)
	cut := append(make([]byte, 512), "se corta"...)
	picture := append(make([]byte, 512), 0, 0, 0, 0, 0, 0, 0, 4, 'B', 'M', 'P', '!')
	lies := append(make([]byte, 512), 0, 0, 0, 1, 0x7f, 0xff, 0xff, 0xff, 'x')
	for _, c := range []struct {
		name, ext, field, want string
		version                byte
		content                []byte
	}{
		{"dBase IV", ".dbt", "1", `"en dBasé"`, 0x8b, four},
		{"dBase III", ".dbt", "1", `"uno"`, 0x83, three},
		{"a memo that the end of the file cuts", ".dbt", "1", `"se corta"`, 0x83, cut},
		{"a block beyond the end", ".dbt", "99", "memo_not_read", 0x83, three},
		{"a picture", ".fpt", "512", "memo_not_read", 0xf5, picture},
		{"a length that lies", ".fpt", "512", "memo_not_read", 0xf5, lies},
		{"no file beside", ".txt", "1", "memo_not_read", 0x83, nil},
	} {
		value := strings.Repeat(" ", 10-len(c.field)) + c.field
		content := build(2, []string{"A M 10"}, " "+value)
		content[0] = c.version
		got, err := render(content, table.Options{Beside: lying(map[string][]byte{c.ext: c.content})})
		if err != nil || !strings.Contains(got, c.want) {
			t.Errorf("%s: got %s, %v; want %s in it", c.name, got, err, c.want)
		}
	}
}

func TestACodePageBesideCountsMoreThanAGuess(t *testing.T) {
	content := build(0, []string{"A C 6"}, " Se\xa4or ")
	got, err := render(content, table.Options{Beside: lying(map[string][]byte{".cpg": []byte("850\r\n")})})
	if err != nil || !strings.Contains(got, `"Señor"`) {
		t.Errorf("got %s, %v", got, err)
	}
}

func FuzzMemo(f *testing.F) {
	f.Add(sample(f, "memo3.dbf"), sample(f, "memo3.dbt"), true)
	f.Add(sample(f, "memofp.dbf"), sample(f, "memofp.fpt"), false)
	f.Fuzz(func(t *testing.T, content, memo []byte, dBase bool) {
		ext := ".fpt"
		if dBase {
			ext = ".dbt"
		}
		_, err := render(content, table.Options{Beside: lying(map[string][]byte{ext: memo})})
		tabletest.KindOf(t, err)
	})
}
