package cli

import "strings"

// passwordFile is the value of --password-file: naming the file reads it, and
// the password is nowhere else.
type passwordFile struct {
	s    *session
	to   *string
	path string
}

// String is the file's name.
func (p *passwordFile) String() string { return p.path }

// Type is what help calls the value.
func (p *passwordFile) Type() string { return "string" }

// Set reads the password from the file of that name, without its line end.
func (p *passwordFile) Set(path string) error {
	data, err := p.s.readSmall(path)
	if err != nil {
		return err
	}
	p.path, *p.to = path, strings.TrimRight(string(data), "\r\n")
	return nil
}
